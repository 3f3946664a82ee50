import {
  countUnforecast,
  readLastRuns,
  readStuckDeliveries,
} from '../../../../db/queries/football/attention.ts';
import { addDays } from '../../../contract/zones.ts';
import { findingOf, type Check } from '../check.ts';

/** Whether what should have been done was done: forecasts of what is due, runs, deliveries. */
export const work: Check = {
  rules: ['unforecast', 'run-failed', 'delivery-stuck'],
  look({ database, today }) {
    const due = countUnforecast(database, { from: today, until: addDays(today, 1) });
    return [
      findingOf('unforecast', 'all', {
        value: due,
        bounds: { warnAt: 1, criticalAt: 20 },
        ...{ unit: 'count', n: due, detail: {} },
      }),
      ...readLastRuns(database)
        .filter(({ stage }) => stage !== 'monitor')
        .map(({ id, stage, state, errorCode, itemsFailed }) =>
          findingOf('run-failed', stage, {
            value: state === 'failed' ? 1 : 0,
            bounds: { warnAt: 1, criticalAt: 2 },
            ...{ unit: 'count', n: 1, detail: { run: id, code: errorCode, itemsFailed } },
          }),
        ),
      ...readStuckDeliveries(database).map(({ channel, count }) =>
        findingOf('delivery-stuck', channel, {
          value: count,
          bounds: { warnAt: 1, criticalAt: 5 },
          ...{ unit: 'count', n: count, detail: {} },
        }),
      ),
    ];
  },
};
