import { z } from 'zod';
import { base } from './base.ts';

export const foundObjectSchema = z.object({
  kind: z.enum(['championship', 'team', 'match', 'model', 'run', 'study']),
  /** A championship's code, otherwise the number as text. */
  id: z.string(),
  title: z.string(),
  detail: z.string(),
  score: z.number(),
});
export type FoundObject = z.infer<typeof foundObjectSchema>;

/** Finds things by their names: typing errors, the other keyboard layout and the other alphabet are forgiven. */
export const searchProcedures = {
  objects: base
    .input(z.object({ text: z.string().max(200), limit: z.number().int().min(1).max(50).default(12) }))
    .output(z.array(foundObjectSchema)),
} as const;
