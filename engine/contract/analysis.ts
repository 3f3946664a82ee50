import { z } from 'zod';

/** Where the answer of a heavy reading comes from, so that a screen can say how old it is. */
export const answerAgeSchema = z.object({
  /** When it was worked out, and how long that took. */
  madeAt: z.number(),
  durationMs: z.number(),
  /** The last instant at which a run changed the data that it rests on; 0 before the first. */
  dataAt: z.number(),
});
export type AnswerAge = z.infer<typeof answerAgeSchema>;
