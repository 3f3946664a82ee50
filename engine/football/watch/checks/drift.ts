import { readWatchedMatches } from '../../../../db/queries/football/watch.ts';
import type { Finding, RuleName } from '../../../contract/monitoring.ts';
import { addDays, dayNumber } from '../../../contract/zones.ts';
import { measureDrift } from '../../../kernel/evaluation/drift.ts';
import { driftReport } from '../../feature-report/drift.ts';
import { findingOf, type Bounds, type Check, type WatchInput } from '../check.ts';

/** The last weeks against the same weeks of the years before: what a season does by itself is no drift. */
const currentDays = 90;
const referenceYears = 3;
const yearDays = 365;
/** Fewer matches in either period, and nothing is said. */
const minimumMatches = 150;
const seed = 20_050_805;

/** Whether a day is among those compared, as of today (both in days since 1970-01-01). */
function isCompared(day: number, today: number): boolean {
  const back = today - day;
  return back > 0 && back <= currentDays + referenceYears * yearDays && (back - 1) % yearDays < currentDays;
}
/** A draw of no change is as far as this in at most one of twenty. */
const chance = 0.05;

/** The customary limits of the stability index. */
const index: Bounds = { warnAt: 0.1, criticalAt: 0.25, calmBelow: 0.06 };
/** Three outcomes move far less than a feature does. */
const mix: Bounds = { warnAt: 0.02, criticalAt: 0.06, calmBelow: 0.01 };

/** Values by day of both periods: how far they moved, beside what moving whole days about would give. */
function moved(
  rule: RuleName,
  subject: string,
  given: {
    readonly values: Float64Array;
    readonly day: readonly number[];
    readonly from: number;
    readonly bounds: Bounds;
  },
): Finding {
  const { values, day, from, bounds } = given;
  const days = [...new Set(day)].sort((a, b) => a - b);
  const place = new Map(days.map((each, at) => [each, at]));
  const isCurrent = Uint8Array.from(days, (each) => (each >= from ? 1 : 0));
  const present = (want: 0 | 1) =>
    values.filter((value, row) => Number.isFinite(value) && isCurrent[place.get(day[row]!)!] === want).length;
  const [before, now] = [present(0), present(1)];
  const base = { bounds, unit: 'index', n: now } as const;
  if (before < minimumMatches || now < minimumMatches)
    return findingOf(rule, subject, { ...base, value: null });
  const rows = { values, day: Int32Array.from(day, (each) => place.get(each)!), isCurrent };
  const { stability, distance } = measureDrift(rows, { seed });
  return findingOf(rule, subject, {
    ...base,
    value: stability.value,
    isBeyondChance: stability.pValue <= chance,
    detail: {
      reference: before,
      nullHigh: stability.high,
      pValue: stability.pValue,
      distance: distance.value,
      distancePValue: distance.pValue,
    },
  });
}

function matchesMoved({ database, today, sports }: WatchInput): Finding[] {
  const now = dayNumber(today);
  const from = now - currentDays;
  const span = { from: addDays(today, -currentDays - referenceYears * yearDays), until: addDays(today, -1) };
  return sports.flatMap(({ sport }) => {
    const matches = readWatchedMatches(database, { ...span, sport });
    const { championship, homeGoals, awayGoals, margin } = matches;
    const days = matches.day.map(dayNumber);
    // A championship that rests now, or is new, would be a change of what is watched and not of the game.
    const current = new Set(championship.filter((_, row) => days[row]! >= from));
    const earlier = new Set(
      championship.filter((_, row) => days[row]! < from && isCompared(days[row]!, now)),
    );
    const rows = [...days.keys()].filter((row) => {
      const one = championship[row]!;
      return isCompared(days[row]!, now) && current.has(one) && earlier.has(one);
    });
    const values = (of: (row: number) => number) => Float64Array.from(rows, of);
    const difference = (row: number) => homeGoals[row]! - awayGoals[row]!;
    const outcome = (row: number) => 1 - Math.sign(difference(row));
    const common = { day: rows.map((row) => days[row]!), from };
    return [
      moved('outcome-mix', sport, { ...common, values: values(outcome), bounds: mix }),
      moved('home-advantage', sport, { ...common, values: values(difference), bounds: index }),
      moved('market-margin', sport, { ...common, values: values((row) => margin[row]!), bounds: index }),
    ];
  });
}

function probabilitiesMoved({ today, sports }: WatchInput): Finding[] {
  const now = dayNumber(today);
  return sports.map(({ sport, forecasts }) => {
    const rows = [...forecasts.day.keys()].filter((row) => isCompared(forecasts.day[row]!, now));
    const day = rows.map((row) => forecasts.day[row]!);
    const values = Float64Array.from(rows, (row) => forecasts.values[row * 3]!);
    return moved('probability-drift', sport, { values, day, from: now - currentDays, bounds: index });
  });
}

function featuresMoved(input: WatchInput): Finding[] {
  const now = dayNumber(input.today);
  const from = addDays(input.today, -currentDays);
  const bounds: Bounds = { warnAt: 0.15, criticalAt: 0.35, calmBelow: 0.08 };
  return input.sports.flatMap(({ sport }) => {
    const table = input.features(sport);
    if (!table) return [];
    // Days that are not compared go where neither period looks.
    const day = table.day.map((each) => (isCompared(each, now) ? each : 0));
    const report = driftReport(
      { ...table, day },
      {
        set: 'football',
        championship: null,
        reference: { from: addDays(from, -referenceYears * yearDays), until: addDays(from, -1) },
        current: { from, until: addDays(input.today, -1) },
      },
    );
    const judged = report.features.filter(({ status }) => status !== 'too-few');
    const failed = judged.filter(({ status }) => status === 'fail');
    const worst = failed.toSorted((a, b) => b.stability!.value - a.stability!.value).slice(0, 5);
    return findingOf('feature-drift', sport, {
      value:
        judged.length === 0 || report.currentRows < minimumMatches ? null : failed.length / judged.length,
      bounds,
      ...{ unit: 'share', n: judged.length },
      detail: {
        failed: failed.length,
        matches: report.currentRows,
        worst: worst.map(({ name }) => name).join(', ') || null,
      },
    });
  });
}

/** Whether the game, the market, the features or the forecasts are no longer what the models learned from. */
export const drift: Check = {
  rules: ['outcome-mix', 'home-advantage', 'market-margin', 'probability-drift', 'feature-drift'],
  look: (input) => [...matchesMoved(input), ...probabilitiesMoved(input), ...featuresMoved(input)],
};
