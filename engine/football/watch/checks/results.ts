import { graceDays } from '../../../../db/queries/football/defects.ts';
import { countLateResults, readLastFullSeasons } from '../../../../db/queries/football/watch.ts';
import { addDays } from '../../../contract/zones.ts';
import { findChampionship, formatOf } from '../../getting/championships.ts';
import { findingOf, type Check } from '../check.ts';

/** Older ones than a season are history. */
const lookedDays = 200;
/** A season without matches for so long has ended. */
const restDays = 45;

/** Whether all results came: those of late matches, and those of the season that ended last. */
export const results: Check = {
  rules: ['results-late', 'season-incomplete'],
  look({ database, today }) {
    const late = countLateResults(database, {
      from: addDays(today, -lookedDays),
      until: addDays(today, -graceDays),
    });
    const seasons = readLastFullSeasons(database, addDays(today, -restDays));
    return [
      ...late.map(({ code, count, n }) =>
        findingOf('results-late', code, {
          value: count,
          bounds: { warnAt: 3, criticalAt: 20, calmBelow: 1 },
          ...{ unit: 'count', n, detail: { days: graceDays } },
        }),
      ),
      ...seasons.flatMap(({ code, season, firstYear, finished }) => {
        const championship = findChampionship(code);
        const format = championship && formatOf(championship, firstYear);
        if (!format) return [];
        const planned = (format.clubs * format.matches) / 2;
        return findingOf('season-incomplete', code, {
          value: Math.max(0, 1 - finished / planned),
          bounds: { warnAt: 0.02, criticalAt: 0.1, calmBelow: 0.01 },
          ...{ unit: 'share', n: planned, detail: { season, held: finished, planned } },
        });
      }),
    ];
  },
};
