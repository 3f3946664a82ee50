import type { Database } from '../../../db/client.ts';
import {
  countDayOnly,
  countMatches,
  countMissing,
  findDuplicates,
  findIncompleteSeasons,
  findOddsSums,
  findReported,
  findTwiceADay,
  findUnlikelyScores,
  findWithoutResult,
} from '../../../db/queries/football/data-quality.ts';
import type { CheckCount } from '../../../db/queries/football/data-quality.ts';
import type { QualityFinding, QualityReport } from '../../contract/data.ts';
import type { Day } from '../../contract/domain.ts';
import { findDefinitionChanges } from './definition-changes.ts';

type Status = QualityFinding['status'];

/** Every check, and how a case of it weighs: `none` where there is none, `some` where there are. */
const weights: Readonly<Record<QualityFinding['check'], Status>> = {
  duplicates: 'fail',
  'twice-a-day': 'fail',
  'no-result': 'warn',
  'incomplete-season': 'info',
  'unlikely-score': 'info',
  'odds-sum': 'warn',
  'refused-rows': 'warn',
  conflicts: 'warn',
  'statistics-missing': 'info',
  'odds-missing': 'info',
  'day-only': 'info',
  'definition-change': 'warn',
};

/** What may be wrong with the data as they are held: what a source refuses on reading never comes this far. */
export function reportOnQuality(database: Database, today: Day): QualityReport {
  const matches = countMatches(database);
  const counts: Readonly<Record<QualityFinding['check'], CheckCount>> = {
    duplicates: findDuplicates(database, matches),
    'twice-a-day': findTwiceADay(database, matches),
    'no-result': findWithoutResult(database, matches, today),
    'incomplete-season': findIncompleteSeasons(database, today),
    'unlikely-score': findUnlikelyScores(database, matches),
    'odds-sum': findOddsSums(database),
    'refused-rows': findReported(database, 'refused'),
    conflicts: findReported(database, 'conflicts'),
    'statistics-missing': countMissing(database, 'statistics'),
    'odds-missing': countMissing(database, 'odds'),
    'day-only': countDayOnly(database, matches),
    'definition-change': findDefinitionChanges(database),
  };
  const checks = Object.keys(weights) as QualityFinding['check'][];
  return {
    matches,
    findings: checks.map((check) => ({
      check,
      status: counts[check].count === 0 ? 'pass' : weights[check],
      ...counts[check],
    })),
  };
}
