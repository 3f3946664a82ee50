import { listRuns, readRun } from '../../../db/queries/runs.ts';
import { engine } from './engine.ts';

const procedures = engine.runs;

export const runs = {
  start: procedures.start.handler(({ input, context }) => ({
    runId: context.runs().start(input.stage, input.parameters).id,
  })),
  list: procedures.list.handler(({ input, context }) => [...listRuns(context.reader(), input)]),
  show: procedures.show.handler(({ input, context }) => readRun(context.reader(), input.runId)),
  watch: procedures.watch.handler(async function* ({ input, context, signal }) {
    using events = context.runs().watch(input.runId);
    const stop = () => events[Symbol.dispose]();
    signal?.addEventListener('abort', stop);
    try {
      yield* events;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }),
  cancel: procedures.cancel.handler(async ({ input, context }) => {
    context.runs().cancel(input.runId);
    return { state: (await context.runs().finished(input.runId)).state };
  }),
  resume: procedures.resume.handler(({ input, context }) => ({
    runId: context.runs().resume(input.runId).id,
  })),
};
