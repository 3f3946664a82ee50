import { implement, ORPCError } from '@orpc/server';
import { toDatabaseError } from '../../../db/errors.ts';
import { toAppError, toErrorRecord } from '../../contract/errors.ts';
import { contract } from '../../contract/router.ts';
import type { EngineContext } from '../engine-host.ts';

export const base = implement(contract).$context<EngineContext>();

/** What every procedure is implemented on: each refusal leaves as the contract's one error, with its code kept. */
export const engine = base.use(async ({ next, context }) => {
  try {
    return await next();
  } catch (thrown) {
    if (thrown instanceof ORPCError) throw thrown;
    const error = toAppError(toDatabaseError(thrown, context.paths.database));
    throw new ORPCError('APP_ERROR', {
      defined: true,
      status: 400,
      message: error.message,
      data: toErrorRecord(error),
      cause: error,
    });
  }
});
