import { matchStatuses } from '../../../engine/contract/domain.ts';
import { decisions, goalColumns, statisticColumns } from './match-batch.ts';
import type { MatchBatch } from './match-batch.ts';

/** A row of `match` and its statistics, as stored. */
export interface StoredMatch {
  readonly id: number;
  readonly day: number;
  /** In the order of `matchColumns`. */
  readonly values: readonly Value[];
  readonly statistics: readonly (number | null)[];
}
export type Value = number | string | null;

export const matchColumns = [
  'match_day',
  'kick_off',
  'kick_off_precision',
  'round',
  'status',
  'decided_by',
  ...goalColumns,
  'result_known_at',
  'source',
] as const;
export const at = Object.fromEntries(matchColumns.map((column, index) => [column, index])) as Record<
  (typeof matchColumns)[number],
  number
>;
export const firstGoal = at.home_goals;

export const dayMs = 86_400_000;

/** What a row of a batch says, in the order of `matchColumns`. */
export function valuesOf(batch: MatchBatch, row: number, source: string): Value[] {
  const goals: Value[] = [];
  for (let i = 0; i < goalColumns.length; i++) {
    const count = batch.goals[row * goalColumns.length + i]!;
    goals.push(count < 0 ? null : count);
  }
  const known = batch.resultKnownAt[row]!;
  return [
    new Date(batch.day[row]! * dayMs).toISOString().slice(0, 10),
    batch.kickOff[row]!,
    batch.kickOffKnown[row] === 1 ? 'minute' : 'day',
    batch.rounds?.[row] ?? null,
    matchStatuses[batch.status[row]!]!,
    decisions[batch.decidedBy[row]!]!,
    ...goals,
    Number.isNaN(known) ? null : known,
    source,
  ];
}

/** What a row of a batch says, in the order of `statisticColumns`. */
export function statisticsOf(batch: MatchBatch, row: number): (number | null)[] {
  const statistics: (number | null)[] = [];
  for (let i = 0; i < statisticColumns.length; i++) {
    const value = batch.statistics[row * statisticColumns.length + i]!;
    statistics.push(Number.isNaN(value) ? null : value);
  }
  return statistics;
}
