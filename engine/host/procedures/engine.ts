import { mapEventIterator } from '@orpc/client';
import { implement } from '@orpc/server';
import { contract } from '../../contract/router.ts';
import { callingFor } from '../../runtime/outgoing.ts';
import type { EngineContext } from '../engine-host.ts';
import { noticeChanges } from './announce.ts';
import { toRefusal } from './refusal.ts';

export const base = implement(contract).$context<EngineContext>();

/**
 * What every procedure is implemented on: the screens hear of what it changed, calls to other machines are noted under its
 * group, and each refusal, also of a stream under way, leaves as the contract's one error.
 */
export const engine = base.use(async ({ next, context, path }, _input, output) => {
  const refusal = (thrown: unknown) => {
    const { error, record } = toRefusal(thrown, context.paths.database);
    if (record?.code === 'DATABASE_CORRUPT') context.damage.found ??= record;
    return error;
  };
  const group = path[0] ?? '';
  const changes = noticeChanges(context);
  try {
    const result = await callingFor(group, () => next({ context: changes.watched }));
    changes.announce(group);
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
