import type { JudgedForecasts } from '../../../../db/queries/football/calibration.ts';
import { outcomeClasses } from '../../../contract/domain.ts';
import type { CalibrationReport } from '../../../contract/calibration.ts';
import { dayText } from '../../../contract/zones.ts';
import { coverageByGroup, coverageRange } from '../../../kernel/conformal/coverage.ts';
import { setSize } from '../../../kernel/conformal/sets.ts';
import { forecastRules } from '../../forecast/stream.ts';
import { orNull } from '../judged.ts';

type CoverageRow = CalibrationReport['coverage'][number];
type Grouping = 'all' | 'class' | 'championship' | 'season' | 'month' | 'set-size';

/** Seasons begin in July where they span two years; a reader of a league year sees its halves. */
function seasonOf(day: number): string {
  const text = dayText(day);
  const year = Number(text.slice(0, 4)) - (text.slice(5) < '07-01' ? 1 : 0);
  return `${year}/${String((year + 1) % 100).padStart(2, '0')}`;
}

/**
 * Coverage of the published sets at each level by what a reader would look at, beside what sets that keep their promise
 * show in as many forecasts. The promise is made to each class, so of the size of a set nothing is promised.
 */
export function publishedCoverage(forecasts: JudgedForecasts, rows: readonly number[]): CoverageRow[] {
  const held = rows.filter((row) => forecasts.set80[row] !== 255);
  const outcomes = held.map((row) => forecasts.target[row]!);
  const shares = outcomeClasses.map(
    (_, k) => outcomes.filter((outcome) => outcome === k).length / held.length,
  );
  return forecastRules.levels.flatMap((level) => {
    const sets = level === 0.8 ? forecasts.set80 : forecasts.set90;
    const masks = held.map((row) => sets[row]!);
    const groupings: Record<Grouping, (row: number, at: number) => string> = {
      all: () => 'all',
      class: (row) => outcomeClasses[forecasts.target[row]!]!,
      championship: (row) => forecasts.codes[forecasts.championship[row]!]!,
      season: (row) => seasonOf(forecasts.day[row]!),
      month: (row) => dayText(forecasts.day[row]!).slice(5, 7),
      'set-size': (_, at) => String(setSize(masks[at]!)),
    };
    return (Object.keys(groupings) as Grouping[]).flatMap((by) =>
      coverageByGroup(masks, outcomes, { groupOf: (at) => groupings[by](held[at]!, at) })
        .map(({ group, n, coverage, low, high, meanSize, singletonAccuracy }): CoverageRow => ({
          level,
          by,
          group,
          n,
          coverage,
          low,
          high,
          meanSize,
          singletonAccuracy: orNull(singletonAccuracy),
          promised: by === 'set-size' ? null : coverageRange(windowOf(by, group, shares), { level, n }),
        }))
        .sort((a, b) => placeOf(by, a.group).localeCompare(placeOf(by, b.group))),
    );
  });
}

/** Settled forecasts that a set of this group was measured against: for one class, those of the class alone. */
function windowOf(by: Grouping, group: string, shares: readonly number[]): number {
  const { window } = forecastRules;
  if (by !== 'class') return window;
  return Math.max(1, Math.round(window * shares[(outcomeClasses as readonly string[]).indexOf(group)]!));
}

function placeOf(by: Grouping, group: string): string {
  return by === 'class' ? String((outcomeClasses as readonly string[]).indexOf(group)) : group;
}
