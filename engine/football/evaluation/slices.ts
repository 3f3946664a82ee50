import type { EvaluationSlice, PairedTest } from '../../contract/evaluation-details.ts';
import { blockBootstrap, sumByGroup } from '../../kernel/math/bootstrap.ts';
import { variance } from '../../kernel/math/summary.ts';
import { holmAdjusted } from '../../kernel/evaluation/multiplicity.ts';
import { dieboldMariano, pairedDifference, requiredRows } from '../../kernel/evaluation/paired.ts';
import { logLosses, scoreForecasts } from '../../kernel/evaluation/scores.ts';
import { gapClosed } from '../../kernel/evaluation/skill.ts';
import {
  bootstrapSeed,
  daysOf,
  figure,
  forecastersOf,
  isReference,
  orNull,
  outcomesOf,
  pick,
  type Judged,
} from './judged.ts';

/** Draws of a slice's interval: a report holds hundreds of them. */
const draws = 400;
/** More for the pairs: their p-values are adjusted for one another, which takes small ones. */
const pairDraws = 2000;

/** A named part of the matches; championship and season are null where all are meant. */
export interface Part {
  readonly championship: string | null;
  readonly season: string | null;
  readonly rows: readonly number[];
}

/** All matches, each championship, each season, and each season of each championship. */
export function partsOf({ table }: Judged, rows: readonly number[]): Part[] {
  const code = (row: number) => table.championships[table.championship[row]!]!.code;
  // Seasons of championships with different names for one year (2023/24, 2023) belong together by their first year.
  const seasonNames = new Map<number, string>();
  for (const row of rows) {
    const name = table.seasonCodes[table.season[row]!]!;
    const known = seasonNames.get(table.firstYear[row]!);
    if (known === undefined || known.length < name.length) seasonNames.set(table.firstYear[row]!, name);
  }
  const season = (row: number) => seasonNames.get(table.firstYear[row]!)!;
  const grouped = (key: (row: number) => string) =>
    [...Map.groupBy(rows, key)].sort(([a], [b]) => a.localeCompare(b));
  return [
    { championship: null, season: null, rows },
    ...grouped(code).map(([championship, own]) => ({ championship, season: null, rows: own })),
    ...grouped(season).map(([name, own]) => ({ championship: null, season: name, rows: own })),
    ...grouped((row) => `${code(row)} ${season(row)}`).map(([, own]) => ({
      championship: code(own[0]!),
      season: season(own[0]!),
      rows: own,
    })),
  ];
}

/** Every forecaster's scores on every part; only matches for which it has probabilities count. */
export function evaluationSlices(judged: Judged, parts: readonly Part[]): EvaluationSlice[] {
  const losses = new Map<string, Float64Array>();
  for (const [name, p] of forecastersOf(judged)) losses.set(name, lossesOfAll(judged, p, parts[0]!.rows));
  return parts.flatMap((part) =>
    [...forecastersOf(judged)].flatMap(([family, p]): EvaluationSlice[] => {
      const rows = part.rows.filter((row) => !Number.isNaN(p[row * 3]!));
      if (rows.length === 0) return [];
      const of = (name: string) => Float64Array.from(rows, (row) => losses.get(name)![row]!);
      const [own, base, closing] = [of(family), of('base-rate'), of('closing')];
      const differences = own.map((loss, at) => loss - closing[at]!);
      const mean = differences.reduce((sum, value) => sum + value, 0) / rows.length;
      const { n, ...scores } = scoreForecasts(pick(p, rows), outcomesOf(judged.table, rows));
      const gap =
        family === 'base-rate' || family === 'closing'
          ? null
          : blockBootstrap(
              sumByGroup([base, own, closing], daysOf(judged.table, rows)),
              (t) => gapClosed({ base: t[0]!, model: t[1]!, market: t[2]! }),
              { seed: bootstrapSeed, draws },
            );
      return [
        {
          family,
          championship: part.championship,
          season: part.season,
          n,
          ...scores,
          gapClosed: gap && figure(gap),
          requiredMatches:
            family === 'closing' ? null : orNull(requiredRows(mean, Math.sqrt(variance(differences)))),
        },
      ];
    }),
  );
}

function lossesOfAll({ table }: Judged, p: Float64Array, rows: readonly number[]): Float64Array {
  const all = new Float64Array(table.rows).fill(Number.NaN);
  const own = logLosses(pick(p, rows), outcomesOf(table, rows));
  rows.forEach((row, at) => (all[row] = own[at]!));
  return all;
}

/** Every pair of forecasters on the matches that both have, with Holm's adjustment over the pairs. */
export function pairedTests(judged: Judged, rows: readonly number[]): PairedTest[] {
  const named = [...forecastersOf(judged)].filter(([name]) => name !== 'base-rate');
  const tests: Omit<PairedTest, 'adjustedPValue'>[] = [];
  named.forEach(([first, a], at) => {
    for (const [second, b] of named.slice(at + 1)) {
      if (isReference(first) && isReference(second)) continue;
      const both = rows.filter((row) => !Number.isNaN(a[row * 3]!) && !Number.isNaN(b[row * 3]!));
      if (both.length < 2) continue;
      const outcomes = outcomesOf(judged.table, both);
      const losses = { a: logLosses(pick(a, both), outcomes), b: logLosses(pick(b, both), outcomes) };
      const days = daysOf(judged.table, both);
      const { n, value, low, high, pValue } = pairedDifference(losses, days, {
        seed: bootstrapSeed,
        draws: pairDraws,
      });
      const daily = dailyMeans(
        losses.a.map((loss, i) => loss - losses.b[i]!),
        days,
      );
      const { statistic } = dieboldMariano(daily);
      tests.push({ first, second, n, value, low, high, pValue, dieboldMariano: orNull(statistic) });
    }
  });
  const adjusted = holmAdjusted(tests.map((test) => test.pValue));
  return tests.map((test, at) => ({ ...test, adjustedPValue: adjusted[at]! }));
}

function dailyMeans(values: Float64Array, days: readonly number[]): Float64Array {
  const sums = new Map<number, { sum: number; n: number }>();
  values.forEach((value, at) => {
    const day = sums.get(days[at]!) ?? { sum: 0, n: 0 };
    sums.set(days[at]!, { sum: day.sum + value, n: day.n + 1 });
  });
  return Float64Array.from(sums.values(), ({ sum, n }) => sum / n);
}
