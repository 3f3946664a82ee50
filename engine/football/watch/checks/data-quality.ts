import {
  countDuplicates,
  countImpossible,
  countOddBooks,
  countSwapped,
  type CountedChampionship,
} from '../../../../db/queries/football/watch.ts';
import type { RuleName } from '../../../contract/monitoring.ts';
import { addDays } from '../../../contract/zones.ts';
import { findingOf, type Check } from '../check.ts';

const lookedDays = 400;

/** Matches that are there twice, the wrong way round, or with numbers that cannot be. */
export const dataQuality: Check = {
  rules: ['duplicate-matches', 'swapped-teams', 'impossible-scores', 'odds-sums'],
  look({ database, today }) {
    const span = { from: addDays(today, -lookedDays), until: addDays(today, 30) };
    const counted: [RuleName, CountedChampionship[]][] = [
      ['duplicate-matches', countDuplicates(database, span)],
      ['swapped-teams', countSwapped(database, span)],
      ['impossible-scores', countImpossible(database, span)],
      ['odds-sums', countOddBooks(database, span)],
    ];
    return counted.flatMap(([rule, championships]) =>
      championships.map(({ code, count, n }) =>
        findingOf(rule, code, {
          value: count,
          bounds: { warnAt: 1, criticalAt: 10 },
          ...{ unit: 'count', n, detail: { days: lookedDays } },
        }),
      ),
    );
  },
};
