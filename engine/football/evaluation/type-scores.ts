import type { GoalColumns, RawGoals } from '../../../db/queries/football/goals.ts';
import type { AmountScores, TypeScores, TypesEvaluation } from '../../contract/evaluation-types.ts';
import { hasClass, setSize } from '../../kernel/conformal/sets.ts';
import { spiegelhalter } from '../../kernel/evaluation/calibration-tests.ts';
import { reliabilityCurve } from '../../kernel/evaluation/reliability.ts';
import { probabilityFloor } from '../../kernel/evaluation/scores.ts';
import { bootstrapMean } from '../../kernel/math/bootstrap.ts';
import { clopperPearsonInterval } from '../../kernel/math/intervals.ts';
import { mean } from '../../kernel/math/summary.ts';
import { goalCovariates } from '../forecast/goal-regression.ts';
import { jointStream, type JointStream } from '../forecast/joint.ts';
import { bases, forecastRules } from '../forecast/stream.ts';
import { amountTypes, jointTypes, lineOf } from '../forecast/types/joint-types.ts';
import { earlierMean } from './earlier-mean.ts';
import { minimumForCalibration } from './diagnostics.ts';
import { bootstrapSeed, daysOf, figure, orNull, type Judged } from './judged.ts';
import { partsOf, type Part } from './slices.ts';

/** What the types' scores need beside: stored intensities of the goal model, scores, and prices of the total's line. */
export interface TypesInput {
  readonly goals: RawGoals;
  readonly scores: Pick<GoalColumns, 'homeGoals' | 'awayGoals'>;
  /** rows x 2, over and under, without the margin; NaN where no price is held. */
  readonly total: Float64Array;
}

const levels = forecastRules.levels.length;
const draws = 400;

/**
 * Every type beside the result as it would have been published, on the matches that are judged: from the goal model's
 * walk-forward intensities and the champion's calibrated results. Null where `processing` has stored none.
 */
export function typesEvaluation(
  judged: Judged,
  rows: readonly number[],
  input: TypesInput | undefined,
): TypesEvaluation | null {
  if (!input || input.goals.count === 0) return null;
  const { table, today } = judged;
  const stream = jointStream(table, input.scores, {
    probabilities: judged.stream.probabilities,
    goals: input.goals,
    covariates: goalCovariates(table),
    today,
    ...(judged.signal ? { signal: judged.signal } : {}),
  });
  const width = jointTypes.length;
  const held = rows.filter(
    (row) => !Number.isNaN(stream.homeFactor[row]!) && stream.target[row * width]! >= 0,
  );
  if (held.length < minimumForCalibration) return null;
  const seasons = partsOf(judged, held).filter((part) => part.championship === null && part.season !== null);
  const of = { judged, stream, rows: held, seasons };
  return {
    types: jointTypes.flatMap((type, index) =>
      type.kind === 'market'
        ? [
            {
              type: type.name,
              line: lineOf(type, table.sport) ?? null,
              ...typeScores(index, { ...of, market: type.name === 'total' ? input.total : undefined }),
            },
          ]
        : [],
    ),
    amounts: amountTypes.map((type, k) => ({ type: type.name, ...amountScores(k, { ...of, ...input }) })),
  };
}

interface Scored {
  readonly judged: Judged;
  readonly stream: JointStream;
  readonly rows: readonly number[];
  readonly seasons: readonly Part[];
}

function typeScores(
  index: number,
  of: Scored & { readonly market: Float64Array | undefined },
): Omit<TypeScores, 'type' | 'line'> {
  const { judged, stream, rows, market } = of;
  const { table } = judged;
  const width = jointTypes.length;
  const came = (row: number): number => (stream.target[row * width + index] === 0 ? 1 : 0);
  const said = (row: number): number => stream.first[row * width + index]!;
  const base = earlierMean(table, {
    value: (row) => (stream.target[row * width + index]! >= 0 ? came(row) : Number.NaN),
    prior: 0.5,
  });
  const priced = market ? rows.filter((row) => !Number.isNaN(market[row * 2]!)) : [];
  const ofMarket = (row: number): number => market![row * 2]!;
  const ofBase = (row: number): number => base[row]!;
  const difference = (among: readonly number[], other: (row: number) => number) =>
    figure(
      bootstrapMean(
        among.map((row) => lossOf(said(row), came(row)) - lossOf(other(row), came(row))),
        daysOf(table, among),
        { seed: bootstrapSeed, draws },
      ),
    );
  const logLoss = (among: readonly number[], p: (row: number) => number) =>
    mean(among.map((row) => lossOf(p(row), came(row))));
  const probabilities = Float64Array.from(rows, said);
  const events = Float64Array.from(rows, came);
  return {
    n: rows.length,
    frequency: mean(events),
    meanProbability: mean(probabilities),
    model: binaryScores(rows, said, came),
    baseRate: binaryScores(rows, ofBase, came),
    againstBase: difference(rows, ofBase),
    market:
      priced.length < minimumForCalibration
        ? null
        : {
            n: priced.length,
            ...binaryScores(priced, ofMarket, came),
            modelLogLoss: logLoss(priced, said),
            against: difference(priced, ofMarket),
          },
    spiegelhalter: orNull(spiegelhalter(probabilities, events).statistic),
    coverage: forecastRules.levels.map((level, at) => labelCoverage(index, { ...of, level, at })),
    reliability: reliabilityOf(probabilities, events),
    seasons: of.seasons.map(({ season, rows: own }) => {
      const known = market ? own.filter((row) => !Number.isNaN(market[row * 2]!)) : [];
      return {
        season: season!,
        n: own.length,
        logLoss: logLoss(own, said),
        baseRate: logLoss(own, ofBase),
        market:
          known.length < minimumForCalibration
            ? null
            : { n: known.length, logLoss: logLoss(known, ofMarket), modelLogLoss: logLoss(known, said) },
      };
    }),
  };
}

function binaryScores(
  rows: readonly number[],
  p: (row: number) => number,
  came: (row: number) => number,
): TypeScores['model'] {
  return {
    logLoss: mean(rows.map((row) => lossOf(p(row), came(row)))),
    brier: mean(rows.map((row) => (p(row) - came(row)) ** 2)),
    accuracy: mean(rows.map((row) => (p(row) >= 0.5 === (came(row) === 1) ? 1 : 0))),
  };
}

function lossOf(p: number, came: number): number {
  return -Math.log(Math.max(probabilityFloor, came === 1 ? p : 1 - p));
}

function labelCoverage(
  index: number,
  { stream, rows, level, at }: Scored & { readonly level: number; readonly at: number },
): TypeScores['coverage'][number] {
  const width = jointTypes.length;
  const seen = [0, 0];
  const held = [0, 0];
  let size = 0;
  for (const row of rows) {
    const place = row * width + index;
    if (bases[stream.basis[place]!] === 'none') continue;
    const label = stream.target[place]!;
    const mask = stream.sets[place * levels + at]!;
    seen[label]!++;
    if (hasClass(mask, label)) held[label]!++;
    size += setSize(mask);
  }
  const n = seen[0]! + seen[1]!;
  return {
    level,
    ...coverageOf(held[0]! + held[1]!, n),
    first: orNull(held[0]! / seen[0]!),
    second: orNull(held[1]! / seen[1]!),
    meanSize: n === 0 ? 0 : size / n,
  };
}

function coverageOf(held: number, n: number): { n: number; coverage: number; low: number; high: number } {
  if (n === 0) return { n, coverage: 0, low: 0, high: 1 };
  const [low, high] = clopperPearsonInterval(held, n);
  return { n, coverage: held / n, low, high };
}

function reliabilityOf(probabilities: Float64Array, events: Float64Array): TypeScores['reliability'] {
  const curve = reliabilityCurve(probabilities, events, { seed: bootstrapSeed, draws: 120, points: 40 });
  const { points, frequency, low, high, histogram } = curve;
  let outside = 0;
  frequency.forEach((value, at) => {
    if (value < low[at]! - 1e-12 || value > high[at]! + 1e-12) outside++;
  });
  return {
    points: [...points],
    frequency: [...frequency],
    low: [...low],
    high: [...high],
    histogram: [...histogram],
    outside: outside / points.length,
  };
}

function amountScores(
  k: number,
  { judged, stream, rows, scores }: Scored & Pick<TypesInput, 'scores'>,
): Omit<AmountScores, 'type'> {
  const { table } = judged;
  const { count, index } = amountTypes[k]!;
  const came = (row: number): number => {
    const [home, away] = [scores.homeGoals[row]!, scores.awayGoals[row]!];
    return count === 'total' ? home + away : count === 'home' ? home : away;
  };
  const said = (row: number): number => stream.expected[row * amountTypes.length + k]!;
  const isSettled = (row: number) => table.target[row]! >= 0 && table.day[row]! < judged.today;
  const base = earlierMean(table, { value: (row) => (isSettled(row) ? came(row) : Number.NaN), prior: 1.3 });
  const error = (of: (row: number) => number) =>
    Math.sqrt(mean(rows.map((row) => (came(row) - of(row)) ** 2)));
  const errors = rows.map((row) => came(row) - said(row));
  return {
    n: rows.length,
    expected: mean(rows.map(said)),
    came: mean(rows.map(came)),
    bias: figure(bootstrapMean(errors, daysOf(table, rows), { seed: bootstrapSeed, draws })),
    rootMeanSquareError: error(said),
    baseRootMeanSquareError: error((row) => base[row]!),
    coverage: forecastRules.levels.map((level, at) => {
      let [n, held, size] = [0, 0, 0];
      for (const row of rows) {
        if (bases[stream.basis[row * jointTypes.length + index]!] === 'none') continue;
        const place = ((row * amountTypes.length + k) * levels + at) * 2;
        const [low, high] = [stream.intervals[place]!, stream.intervals[place + 1]!];
        n++;
        if (came(row) >= low && came(row) <= high) held++;
        size += high - low + 1;
      }
      return { level, ...coverageOf(held, n), meanSize: n === 0 ? 0 : size / n };
    }),
  };
}
