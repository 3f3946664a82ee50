import type { EvaluationReport, EvaluationRow, Scores, SkipReason } from '../../contract/evaluation.ts';
import { AppError } from '../../contract/errors.ts';
import { dayText } from '../../contract/zones.ts';
import { hasClass, setSize } from '../../kernel/conformal/sets.ts';
import { removeMarginRows } from '../../kernel/evaluation/margin.ts';
import { logLosses, scoreForecasts } from '../../kernel/evaluation/scores.ts';
import { gapClosedInterval } from '../../kernel/evaluation/skill.ts';
import { clopperPearsonLower } from '../../kernel/math/intervals.ts';
import { argmaxRow } from '../../kernel/math/softmax.ts';
import {
  championForecasts,
  championOn,
  reviewChampions,
  type ChampionReview,
} from '../processing/champion.ts';
import { contenders } from '../processing/models.ts';
import { selectForecasts } from '../forecast/selection.ts';
import { bases, forecastRules, forecastStream } from '../forecast/stream.ts';
import { evaluationDetails } from './details.ts';
import { bootstrapSeed, outcomesOf, pick, type EvaluationInput, type Judged } from './judged.ts';

/** Better than the closing market by more than this many nats is a leak until proven otherwise. */
const leakMargin = 0.01;

/** Works out once what every score rests on: who was champion when, the calibrated forecasts, the selection, fair prices. */
export function judgedOf(input: EvaluationInput): { judged: Judged; reviews: readonly ChampionReview[] } {
  const { table, today, target, delta, families } = input;
  const closingFair = removeMarginRows(input.closing.prices);
  const reviews = reviewChampions(table, families, { today, closing: closingFair });
  const raw = championForecasts(table, families, (row) => championOn(reviews, table.day[row]!));
  const stream = forecastStream(table, raw, {
    today,
    ...(input.signal ? { signal: input.signal } : {}),
  });
  const judged: Judged = {
    ...input,
    raw,
    baseRate: families['base-rate'] ?? new Float64Array(table.rows * 3).fill(Number.NaN),
    stream,
    selection: selectForecasts(table, stream, { target, delta, today }),
    preMatchFair: removeMarginRows(input.preMatch.prices),
    closingFair,
  };
  return { judged, reviews };
}

/**
 * Scores a walk-forward: the model as it would have been published (calibrated on what had been settled), the base rate
 * and the market, all on the same matches. A match counts where it was played and has a forecast and a closing price. A
 * championship without a single closing price is judged against the base rate alone, apart from those with a market.
 */
export function scoreWalkForward(input: EvaluationInput): EvaluationReport {
  const { judged, reviews } = judgedOf(input);
  const { table } = input;
  const championships: EvaluationRow[] = [];
  const skipped: { code: string; reason: SkipReason }[] = [];
  const withMarket: number[] = [];
  const withoutMarket: number[] = [];
  input.championships.forEach((championship, at) => {
    const { code } = table.championships[championship]!;
    const rows = rowsToJudge(judged, championship);
    if (rows.length === 0) skipped.push({ code, reason: reasonToSkip(judged, championship) });
    else championships.push(judge(judged, rows, code));
    const together = hasMarket(judged, rows) ? withMarket : withoutMarket;
    for (const row of rows) together.push(row);
    input.report?.(at, input.championships.length);
  });
  const everything = (withMarket.length > 0 ? withMarket : withoutMarket).sort((a, b) => a - b);
  input.report?.(input.championships.length, input.championships.length);
  const all = everything.length > 0 ? judge(judged, everything, 'all') : null;
  return {
    from: input.from,
    to: input.to,
    model: 'champion',
    champions: reviews.map(({ from, champion }) => ({
      from: from === -Infinity ? null : dayText(from),
      family: champion,
    })),
    championships,
    all,
    skipped,
    leakAlarm: [...championships, ...(all ? [all] : [])].some(
      ({ market, model }) => market.closing !== null && market.closing.logLoss - model.logLoss > leakMargin,
    ),
    ...(input.details ? { details: evaluationDetails(judged, everything, input.details) } : {}),
  };
}

function isInPeriod(input: EvaluationInput, row: number, championship: number): boolean {
  const { table } = input;
  const year = table.firstYear[row]!;
  return table.championship[row] === championship && year >= input.fromYear && year <= input.toYear;
}

function rowsToJudge(input: Judged, championship: number): number[] {
  const { table } = input;
  const rows: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    if (!isInPeriod(input, row, championship)) continue;
    if (table.target[row]! < 0 || table.day[row]! >= input.today) continue;
    if ([input.raw, input.baseRate].every((p) => !Number.isNaN(p[row * 3]!))) rows.push(row);
  }
  const priced = rows.filter((row) => !Number.isNaN(input.closingFair[row * 3]!));
  return priced.length > 0 ? priced : rows;
}

/** Rows are judged with their closing prices or, where there are none, all without. */
const hasMarket = (input: Judged, rows: readonly number[]): boolean =>
  rows.length > 0 && !Number.isNaN(input.closingFair[rows[0]! * 3]!);

function reasonToSkip(input: Judged, championship: number): SkipReason {
  let held = 0;
  let forecast = 0;
  for (let row = 0; row < input.table.rows; row++) {
    if (!isInPeriod(input, row, championship)) continue;
    held++;
    if (!Number.isNaN(input.raw[row * 3]!)) forecast++;
  }
  if (held === 0) return 'no-matches';
  return forecast === 0 ? 'no-history' : 'no-results';
}

function judge(input: Judged, rows: readonly number[], code: string): EvaluationRow {
  const { table, stream } = input;
  const outcomes = outcomesOf(table, rows);
  const model = pick(stream.probabilities, rows);
  const base = pick(input.baseRate, rows);
  const closing = hasMarket(input, rows) ? pick(input.closingFair, rows) : null;
  const priced = rows.filter((row) => !Number.isNaN(input.preMatchFair[row * 3]!));
  return {
    code,
    n: rows.length,
    model: scores(model, outcomes),
    baseRate: scores(base, outcomes),
    market: {
      preMatch:
        priced.length > 0
          ? { n: priced.length, ...scores(pick(input.preMatchFair, priced), outcomesOf(table, priced)) }
          : null,
      closing: closing && scores(closing, outcomes),
    },
    gapClosed: closing && gapOf(input, rows, { base, model, closing }),
    conformal: forecastRules.levels.map((level, at) => coverage(input, rows, { level, at })),
    families: familyScores(input, rows),
    selection: selectionRecord(input, rows),
  };
}

function familyScores(input: Judged, rows: readonly number[]): EvaluationRow['families'] {
  const { table } = input;
  return [...contenders, 'market-informed' as const].flatMap((name) => {
    const raw = input.families[name];
    if (!raw) return [];
    const held = rows.filter((row) => !Number.isNaN(raw[row * 3]!));
    if (held.length === 0) return [];
    const outcomes = outcomesOf(table, held);
    const p = pick(raw, held);
    const gapClosed = hasMarket(input, held)
      ? gapOf(input, held, {
          base: pick(input.baseRate, held),
          model: p,
          closing: pick(input.closingFair, held),
        })
      : null;
    const preMatch = pick(input.preMatchFair, held);
    const preMatchLogLoss = preMatch.some(Number.isNaN) ? null : scores(preMatch, outcomes).logLoss;
    return [{ name, n: held.length, ...scores(p, outcomes), preMatchLogLoss, gapClosed }];
  });
}

function gapOf(
  { table }: Judged,
  rows: readonly number[],
  p: { readonly base: Float64Array; readonly model: Float64Array; readonly closing: Float64Array },
): NonNullable<EvaluationRow['gapClosed']> {
  const outcomes = outcomesOf(table, rows);
  const { value, low, high } = gapClosedInterval(
    {
      base: logLosses(p.base, outcomes),
      model: logLosses(p.model, outcomes),
      market: logLosses(p.closing, outcomes),
    },
    rows.map((row) => table.day[row]!),
    { seed: bootstrapSeed },
  );
  return { value, low, high };
}

function scores(p: Float64Array, outcomes: ArrayLike<number>): Scores {
  const { logLoss, rps, brier, accuracy } = scoreForecasts(p, outcomes);
  return { logLoss, rps, brier, accuracy };
}

function coverage(
  { table, stream }: Judged,
  rows: readonly number[],
  which: { readonly level: number; readonly at: number },
): EvaluationRow['conformal'][number] {
  const levels = forecastRules.levels.length;
  const seen = [0, 0, 0];
  const covered = [0, 0, 0];
  let size = 0;
  for (const row of rows) {
    if (bases[stream.basis[row]!] === 'none') continue;
    const mask = stream.sets[row * levels + which.at]!;
    const outcome = table.target[row]!;
    seen[outcome]!++;
    if (hasClass(mask, outcome)) covered[outcome]!++;
    size += setSize(mask);
  }
  const n = seen[0]! + seen[1]! + seen[2]!;
  const share = (k: number) => covered[k]! / seen[k]!;
  return {
    level: which.level,
    n,
    all: (covered[0]! + covered[1]! + covered[2]!) / n,
    H: share(0),
    D: share(1),
    A: share(2),
    meanSize: size / n,
  };
}

function selectionRecord(input: Judged, rows: readonly number[]): EvaluationRow['selection'] {
  const { table, stream, selection, target, delta } = input;
  let n = 0;
  let selected = 0;
  let hits = 0;
  for (const row of rows) {
    if (selection.inForce[row]! < 0) continue;
    n++;
    if (selection.rule[row]! < 0) continue;
    selected++;
    if (argmaxRow(stream.probabilities, row * 3, 3) === table.target[row]) hits++;
  }
  if (n === 0) return null;
  return {
    target,
    delta,
    n,
    selected,
    share: selected / n,
    hits,
    precision: selected > 0 ? hits / selected : null,
    bound: selected > 0 ? clopperPearsonLower(hits, selected, 0.1) : null,
  };
}

/** First year of a season code such as `2016/17` or `2023`. USAGE when it is none. */
export function firstYearOf(code: string): number {
  const match = /^(\d{4})(?:\/\d{2})?$/.exec(code);
  if (!match) throw new AppError('USAGE', `expected a season such as 2016/17 or 2023, got ${code}`);
  return Number(match[1]);
}
