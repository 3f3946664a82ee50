import { z } from 'zod';
import { languages } from '../contract/domain.ts';
import type { Message } from './message.ts';

/** Which documents a channel takes, in the settings of every kind; what is not named is not narrowed. */
export const takesSchema = z.object({
  languages: z.array(z.enum(languages)).min(1).optional(),
  /** E.g. `forecast/quality`: kind and variant. */
  documents: z
    .array(z.string().regex(/^[a-z]+\/[a-z]+$/))
    .min(1)
    .optional(),
});
export type Takes = z.infer<typeof takesSchema>;

/** Whether a channel with these settings wants the message. */
export function takes(settings: Takes, { document, language }: Message): boolean {
  const [kind, , name] = document.split('/');
  const variant = name?.split('.')[0];
  return (
    (settings.languages?.includes(language) ?? true) &&
    (settings.documents?.includes(`${kind ?? ''}/${variant ?? ''}`) ?? true)
  );
}
