import type { JsonValue } from '../../contract/domain.ts';
import type { ResultBetting, ResultRecord, WinnersCurse } from '../../contract/results.ts';
import { engine } from './engine.ts';

const procedures = engine.results;
const worker = new URL('../../workers/results.ts', import.meta.url);

/** A filter as what is asked about; a part that is left out stays out. */
const about = (question: object): Record<string, JsonValue | undefined> =>
  question as Record<string, JsonValue | undefined>;

export const results = {
  record: procedures.record.handler(async ({ input, context }) => {
    const { answer, age } = await context.analyses().answer<ResultRecord>({
      kind: 'result-record-2',
      about: about(input),
      worker,
      handler: 'recordOfResults',
      task: { filter: input },
    });
    return { record: answer, age };
  }),
  betting: procedures.betting.handler(async ({ input, context }) => {
    const { answer, age } = await context.analyses().answer<ResultBetting>({
      kind: 'result-betting-1',
      about: about(input),
      worker,
      handler: 'bettingOnResults',
      task: { question: input },
    });
    return { betting: answer, age };
  }),
  curse: procedures.curse.handler(async ({ input, context }) => {
    const rule = {
      target: context.settings().get('selection.target'),
      delta: context.settings().get('selection.delta'),
    };
    const { answer, age } = await context.analyses().answer<WinnersCurse>({
      kind: 'winners-curse-2',
      about: about({ ...input, ...rule }),
      worker,
      handler: 'curseOfFilters',
      task: { question: input, rule },
    });
    return { curse: answer, age };
  }),
};
