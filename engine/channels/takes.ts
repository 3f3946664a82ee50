import { z } from 'zod';
import { languages, type Language } from '../contract/domain.ts';
import { severities, type Severity } from '../contract/monitoring.ts';
import type { Message } from './message.ts';

/** Which documents a channel takes, in the settings of every kind; what is not named is not narrowed. */
export const takesSchema = z.object({
  languages: z.array(z.enum(languages)).min(1).optional(),
  /** E.g. `forecast/quality`: kind and variant. None at all for a channel that carries alerts alone. */
  documents: z.array(z.string().regex(/^[a-z-]+\/[a-z]+$/)).optional(),
  /** Alerts of monitoring from this severity on; none where nothing is said. */
  alerts: z.enum(severities).optional(),
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

/** Whether a channel with these settings carries alerts of a severity. */
export function takesAlerts({ alerts }: Takes, severity: Severity): boolean {
  return alerts !== undefined && severities.indexOf(severity) >= severities.indexOf(alerts);
}

/** The languages that a channel is sent. */
export const languagesOf = ({ languages: own }: Takes): readonly Language[] => own ?? languages;
