import { countDueBySource, readReadingRuns } from '../../../../db/queries/football/watch.ts';
import { addDays } from '../../../contract/zones.ts';
import { mean } from '../../../kernel/math/summary.ts';
import { findingOf, type Check } from '../check.ts';

const dayMs = 86_400_000;
const looked = 200;
/** Matches this many days around today make a source one that should be heard of. */
const nearDays = 7;

/** Whether the sources answer, and answer as they used to. */
export const sources: Check = {
  rules: ['source-silent', 'source-failing', 'layout-changed'],
  look({ database, today, instant }) {
    const due = countDueBySource(database, {
      from: addDays(today, -nearDays),
      until: addDays(today, nearDays),
    });
    const runs = Map.groupBy(readReadingRuns(database, looked), ({ source }) => source);
    return [...runs].flatMap(([source, own]) => {
      const lastGood = own.find(({ state }) => state === 'done');
      const age = lastGood ? (instant - lastGood.finishedAt) / dayMs : null;
      const failures = own.findIndex(({ state }) => state === 'done');
      const inARow = failures < 0 ? own.length : failures;
      const matches = due.get(source) ?? 0;
      const latency = mean(own.slice(0, 5).map(({ durationMs }) => durationMs));
      const detail = { matches, latencyMs: Math.round(latency), lastSuccess: lastGood?.finishedAt ?? null };
      return [
        findingOf('source-silent', source, {
          // Nobody expects news of a source whose championships rest.
          value: matches > 0 ? age : null,
          bounds: { warnAt: 4, criticalAt: 10, calmBelow: 2 },
          ...{ unit: 'days', n: own.length, detail },
        }),
        findingOf('source-failing', source, {
          value: inARow,
          bounds: { warnAt: 2, criticalAt: 4, calmBelow: 1 },
          ...{ unit: 'count', n: own.length, detail },
        }),
        findingOf('layout-changed', source, {
          value: own[0]!.changedFiles,
          bounds: { warnAt: 1, criticalAt: 3 },
          ...{ unit: 'count', n: own.length, detail: {} },
        }),
      ];
    });
  },
};
