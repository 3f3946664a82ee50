import { oc } from '@orpc/contract';
import { z } from 'zod';
import { errorCodes } from './errors.ts';

/** What every procedure of the contract is built on. */
export const base = oc.errors({
  /** Every refusal of the engine: an error code of the closed list, a developer's sentence and its detail. */
  APP_ERROR: {
    status: 400,
    data: z.object({
      code: z.enum(errorCodes),
      message: z.string(),
      detail: z.record(z.string(), z.unknown()),
    }),
  },
});
