import { outcomeClasses } from '../../contract/domain.ts';
import type { EvaluationCoverage, EvaluationDetails } from '../../contract/evaluation-details.ts';
import { dayText } from '../../contract/zones.ts';
import { coverageByGroup, coverageLaw } from '../../kernel/conformal/coverage.ts';
import { createTestMartingale } from '../../kernel/conformal/martingale.ts';
import { createOnlineConformal } from '../../kernel/conformal/online.ts';
import { setSize } from '../../kernel/conformal/sets.ts';
import { createRandom } from '../../kernel/math/random.ts';
import { bases, forecastRules } from '../forecast/stream.ts';
import { bootstrapSeed, orNull, type Judged } from './judged.ts';

/** Upper ends of the bands of the favourite's closing odds. */
const oddsBands = [1.4, 1.7, 2.1, 2.6, Infinity] as const;
const alarmAt = 20;
const pathPoints = 120;

/** Coverage of the published sets at each level, in all and by what a reader would look at. */
export function coverageRows(judged: Judged, rows: readonly number[]): EvaluationCoverage[] {
  const { table, stream, closing } = judged;
  const { levels } = forecastRules;
  const held = rows.filter((row) => bases[stream.basis[row]!] !== 'none');
  const outcomes = held.map((row) => table.target[row]!);
  return levels.flatMap((level, at) => {
    const masks = held.map((row) => stream.sets[row * levels.length + at]!);
    const groupings: Record<EvaluationCoverage['by'], (row: number, i: number) => string> = {
      all: () => 'all',
      class: (row) => outcomeClasses[table.target[row]!]!,
      championship: (row) => table.championships[table.championship[row]!]!.code,
      season: (row) => table.seasonCodes[table.season[row]!]!,
      month: (row) => dayText(table.day[row]!).slice(5, 7),
      'odds-band': (row) => oddsBand(closing.prices, row),
      'set-size': (_, i) => String(setSize(masks[i]!)),
    };
    return (Object.keys(groupings) as EvaluationCoverage['by'][]).flatMap((by) =>
      coverageByGroup(masks, outcomes, { groupOf: (i) => groupings[by](held[i]!, i) })
        .filter(({ group }) => group !== noPrice)
        .sort((a, b) => orderOf(by, a.group).localeCompare(orderOf(by, b.group)))
        .map(({ group, n, coverage, low, high, meanSize, singletonAccuracy }) => ({
          level,
          by,
          group,
          n,
          coverage,
          low,
          high,
          meanSize,
          singletonAccuracy: orNull(singletonAccuracy),
        })),
    );
  });
}

/** Results in their own order, everything else by name. */
function orderOf(by: EvaluationCoverage['by'], group: string): string {
  return by === 'class' ? String((outcomeClasses as readonly string[]).indexOf(group)) : group;
}

/** Matches without a price are in no band. */
const noPrice = '';

/** The favourite's odds as `1.40–1.69`, so that sorting by name sorts by odds. */
function oddsBand(prices: Float64Array, row: number): string {
  const favourite = Math.min(prices[row * 3]!, prices[row * 3 + 1]!, prices[row * 3 + 2]!);
  if (Number.isNaN(favourite)) return noPrice;
  const at = oddsBands.findIndex((end) => favourite < end);
  const from = at === 0 ? 1 : oddsBands[at - 1]!;
  const to = oddsBands[at]!;
  return to === Infinity ? `${from.toFixed(2)}+` : `${from.toFixed(2)}–${(to - 0.01).toFixed(2)}`;
}

/** What a window of settled forecasts promises, before any result. */
export function coverageLaws(): EvaluationDetails['coverageLaw'] {
  return forecastRules.levels.map((level) => {
    const { mean, low, high } = coverageLaw(forecastRules.window, level);
    return { level, window: forecastRules.window, mean, low, high };
  });
}

/**
 * Bets against the sets' assumption: the same windows as the published sets, but one smoothed p-value a result, which is
 * uniform while nothing drifts. Runs over every settled forecast of the championships from the first season asked for.
 */
export function martingaleOf(judged: Judged, rows: readonly number[]): EvaluationDetails['martingale'] {
  const { table, stream, today } = judged;
  return betAgainstSets({ ...table, probabilities: stream.probabilities }, rows, today);
}

/** Forecasts in order of their days; rows without a result or without probabilities are passed over. */
export interface SettledForecasts {
  readonly rows: number;
  /** Days since 1970-01-01. */
  readonly day: ArrayLike<number>;
  readonly championship: ArrayLike<number>;
  /** 0 home, 1 draw, 2 away; -1 where there is no result. */
  readonly target: ArrayLike<number>;
  /** rows x 3. */
  readonly probabilities: Float64Array;
}

/** The same over any settled forecasts: only `rows` are bet on, but all before them fill the windows. */
export function betAgainstSets(
  forecasts: SettledForecasts,
  rows: readonly number[],
  today: number,
): EvaluationDetails['martingale'] {
  const { window, minimumPerClass } = forecastRules;
  const watched = new Set(rows);
  const conformal = createOnlineConformal({ window, minimumPerClass });
  const martingale = createTestMartingale({ alarmAt });
  const random = createRandom(bootstrapSeed);
  const path: { day: string; logWealth: number }[] = [];
  for (let from = 0, to = 0; from < forecasts.rows; from = to) {
    const day = forecasts.day[from]!;
    while (to < forecasts.rows && forecasts.day[to] === day) to++;
    if (day >= today) break;
    const settled = [];
    for (let row = from; row < to; row++) {
      const outcome = forecasts.target[row]!;
      if (outcome < 0 || Number.isNaN(forecasts.probabilities[row * 3]!)) continue;
      const probabilities = forecasts.probabilities.subarray(row * 3, row * 3 + 3);
      const observation = { stream: forecasts.championship[row]!, probabilities, outcome };
      settled.push(observation);
      if (!watched.has(row)) continue;
      const p = conformal.smoothedPValue(observation, random.uniform());
      if (p !== undefined) martingale.observe(p);
    }
    conformal.observe(settled);
    if (settled.length > 0 && martingale.n > 0) {
      path.push({ day: dayText(day), logWealth: Math.log10(martingale.value) });
    }
  }
  const step = Math.max(1, Math.ceil(path.length / (pathPoints - 1)));
  return {
    n: martingale.n,
    highest: martingale.highest,
    last: martingale.value,
    alarmAt,
    alarm: martingale.alarm,
    path: path.filter((_, at) => at % step === 0 || at === path.length - 1),
  };
}
