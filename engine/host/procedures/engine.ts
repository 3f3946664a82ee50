import { mapEventIterator } from '@orpc/client';
import { implement } from '@orpc/server';
import { contract } from '../../contract/router.ts';
import type { EngineContext } from '../engine-host.ts';
import { toRefusal } from './refusal.ts';

export const base = implement(contract).$context<EngineContext>();

/** What every procedure is implemented on: each refusal, also of a stream under way, leaves as the contract's one error. */
export const engine = base.use(async ({ next, context }, _input, output) => {
  const refusal = (thrown: unknown) => toRefusal(thrown, context.paths.database);
  try {
    const result = await next();
    if (!isIterator(result.output)) return result;
    return output(
      mapEventIterator(result.output, {
        value: (value) => Promise.resolve(value),
        error: (thrown) => Promise.resolve(refusal(thrown)),
      }),
    );
  } catch (thrown) {
    throw refusal(thrown);
  }
});

function isIterator(value: unknown): value is AsyncIterator<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
