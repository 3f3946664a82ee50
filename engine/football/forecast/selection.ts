import { createHasher } from '../../kernel/math/hash.ts';
import { argmaxRow } from '../../kernel/math/softmax.ts';
import type { Sport } from '../../contract/domain.ts';
import { selectThreshold } from '../../kernel/conformal/risk-control.ts';
import { dayNumber, dayText } from '../../contract/zones.ts';
import type { ForecastStream, StreamColumns } from './stream.ts';

/** How a selection rule comes about. */
export const selectionRules = {
  /** A rule rests on the settled forecasts of so many days before it begins. */
  recordDays: 730,
  /** The strictest threshold tried keeps at least so many of them; chosen without a look at any result. */
  minimumSelected: 50,
  /** Thresholds tried on the top probability, strict to loose, evenly spaced in the number that they keep. */
  steps: 60,
} as const;

/** A rule fixed on earlier matches: forecasts whose top probability reaches `threshold` are selected. */
export interface SelectionRule {
  readonly sport: Sport;
  /** First day on which it applies (days since 1970-01-01), and the day on which the next one takes over. */
  readonly from: number;
  readonly until: number;
  readonly target: number;
  readonly delta: number;
  readonly threshold: number;
  /** The record that it rests on: forecasts at or above the threshold, how many were right. */
  readonly n: number;
  readonly hits: number;
  /** Clopper-Pearson lower bound of the hit rate at confidence 1 - delta. */
  readonly bound: number;
  readonly recordFrom: string;
  readonly recordUntil: string;
  readonly dataHash: string;
}

/** A rule rests on the forecasts of one sport and selects among them. */
export type SelectionColumns = StreamColumns & { readonly sport: Sport };

/** Which row of the stream a rule selected, and what had come of it by then. */
export interface Selection {
  readonly rules: readonly SelectionRule[];
  /** Position in `rules`; -1 where none selected the row. */
  readonly rule: Int32Array;
  /** Position in `rules` of the rule in force, selected or not; -1 where history was too short for one. */
  readonly inForce: Int32Array;
  /** Selected and settled since the rule began and before the row's day. */
  readonly sinceCount: Int32Array;
  readonly sinceHits: Int32Array;
}

/**
 * Learn-then-Test selection (Angelopoulos, Bates, Candes, Jordan, Lei 2021). Each 1 July one rule is fixed on the settled
 * forecasts of the two years before, all championships together: thresholds from strict to loose, each tested by its
 * exact binomial bound, up to the first that fails. It then holds for a year, whatever happens in it.
 */
export function selectForecasts(
  columns: SelectionColumns,
  stream: ForecastStream,
  options: {
    readonly target: number;
    readonly delta: number;
    readonly today: number;
    /** First row that a rule is needed for, the first of a selection year; default 0. */
    readonly from?: number | undefined;
  },
): Selection {
  const { rows } = columns;
  const selection = {
    rules: [] as SelectionRule[],
    rule: new Int32Array(rows).fill(-1),
    inForce: new Int32Array(rows).fill(-1),
    sinceCount: new Int32Array(rows),
    sinceHits: new Int32Array(rows),
  };
  const top = new Float64Array(rows);
  const right = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const label = argmaxRow(stream.probabilities, row * 3, 3);
    top[row] = stream.probabilities[row * 3 + label]!;
    right[row] = label === columns.target[row] ? 1 : 0;
  }
  const isSettled = (row: number) =>
    columns.target[row]! >= 0 && columns.day[row]! < options.today && top[row]! > 0;

  for (let row = options.from ?? 0; row < rows;) {
    const { from, until } = ruleYear(columns.day[row]!);
    const record: number[] = [];
    for (let at = row - 1; at >= 0 && columns.day[at]! >= from - selectionRules.recordDays; at--) {
      if (columns.day[at]! < from && isSettled(at)) record.push(at);
    }
    const rule = fixRule(record, { ...options, columns, top, right, from, until });
    const position = rule ? selection.rules.push(rule) - 1 : -1;
    let count = 0;
    let hits = 0;
    while (row < rows && columns.day[row]! < until) {
      const day = columns.day[row]!;
      const sinceCount = count;
      const sinceHits = hits;
      for (; row < rows && columns.day[row] === day; row++) {
        if (!(top[row]! > 0)) continue;
        selection.inForce[row] = position;
        if (!rule || top[row]! < rule.threshold) continue;
        selection.rule[row] = position;
        selection.sinceCount[row] = sinceCount;
        selection.sinceHits[row] = sinceHits;
        if (isSettled(row)) {
          count++;
          hits += right[row]!;
        }
      }
    }
  }
  return selection;
}

/** The selection year of a day: 1 July to 30 June. */
export function ruleYear(day: number): { from: number; until: number } {
  const text = dayText(day);
  const year = Number(text.slice(0, 4)) - (text.slice(5) < '07-01' ? 1 : 0);
  return { from: dayNumber(`${year}-07-01`), until: dayNumber(`${year + 1}-07-01`) };
}

function fixRule(
  record: readonly number[],
  options: {
    readonly columns: SelectionColumns;
    readonly top: Float64Array;
    readonly right: Uint8Array;
    readonly target: number;
    readonly delta: number;
    readonly from: number;
    readonly until: number;
  },
): SelectionRule | undefined {
  const { columns, top, right, target, delta } = options;
  const confidence = Float64Array.from(record, (row) => top[row]!);
  const correct = Uint8Array.from(record, (row) => right[row]!);
  const found = selectThreshold(
    { confidence, correct },
    { target, delta, minimumSelected: selectionRules.minimumSelected, steps: selectionRules.steps },
  );
  if (found.status !== 'selected') return undefined;
  const hasher = createHasher().number(target).number(delta).number(found.threshold);
  for (const row of record) hasher.number(top[row]!).number(right[row]!);
  const days = record.map((row) => columns.day[row]!);
  return {
    sport: columns.sport,
    from: options.from,
    until: options.until,
    target,
    delta,
    threshold: found.threshold,
    n: found.n,
    hits: found.hits,
    bound: found.bound,
    recordFrom: dayText(Math.min(...days)),
    recordUntil: dayText(Math.max(...days)),
    dataHash: hasher.digest(),
  };
}
