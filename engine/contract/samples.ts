import { z } from 'zod';
import { base } from './base.ts';

/** The invented championships to try everything on. */
export const sampleProcedures = {
  status: base.output(
    z.object({
      isPresent: z.boolean(),
      championships: z.array(z.object({ code: z.string(), name: z.string() })),
      matches: z.number().int(),
      /** Matches of real championships: nothing is invented about them. */
      realMatches: z.number().int(),
    }),
  ),
  /** Makes the sample and starts a pipeline over it. The same day makes the same sample. */
  create: base.output(z.object({ runId: z.number().int().positive() })),
  /** Removes the invented championships with everything that was calculated of them. */
  remove: base.output(z.object({ matches: z.number().int() })),
} as const;
