import { goalColumns } from './match-batch.ts';
import type { MatchBatch } from './match-batch.ts';
import { at, firstGoal } from './match-row.ts';
import type { StoredMatch, Value, matchColumns } from './match-row.ts';
import { sameMatchDays } from './pairing.ts';

export interface BatchNote {
  readonly line: number;
  readonly kind: 'moved' | 'corrected' | 'conflict' | 'refused';
  readonly reason: string;
}

/** What the row should be after a source has had its say. */
export function merge(
  stored: StoredMatch,
  given: readonly Value[],
  context: {
    batch: MatchBatch;
    row: number;
    isAuthority: boolean;
    target: { readonly source: string };
    notes: BatchNote[];
  },
): { values: Value[]; isConflict: boolean } {
  const { batch, row, isAuthority, target, notes } = context;
  const values = [...stored.values];
  const line = batch.line[row]!;
  const name = `${batch.teams[batch.home[row]!]!} v ${batch.teams[batch.away[row]!]!}`;
  const score = (of: readonly Value[]) => `${of[firstGoal]!}-${of[firstGoal + 1]!}`;
  const wasPlayed = values[firstGoal] !== null;
  const isPlayed = given[firstGoal] !== null;
  // A list of fixtures that is older than the result takes nothing back.
  if (wasPlayed && !isPlayed) return { values, isConflict: false };

  const contradicts = wasPlayed && isPlayed && score(values) !== score(given);
  const sameSource = target.source === values[at.source];
  if (contradicts && !sameSource) {
    const reason = `${name} on ${String(values[at.match_day])} ended ${score(values)} for ${String(values[at.source])} but ${score(given)} for ${target.source}: the stored result stays.`;
    notes.push({ line, kind: 'conflict', reason });
    return { values, isConflict: true };
  }
  if (wasPlayed && !sameSource && Math.abs(batch.day[row]! - stored.day) > sameMatchDays) {
    const reason = `${name} was played on ${String(values[at.match_day])} for ${String(values[at.source])} but on ${String(given[at.match_day])} for ${target.source}: the stored day stays.`;
    notes.push({ line, kind: 'conflict', reason });
    return { values, isConflict: true };
  }
  if (contradicts) {
    notes.push({
      line,
      kind: 'corrected',
      reason: `${name}: the result ${score(values)} is now ${score(given)}.`,
    });
  }
  const keepsMinute =
    // A day without a time says less about a kick-off than a minute that another source knew for the same day.
    given[at.kick_off_precision] === 'day' &&
    values[at.kick_off_precision] === 'minute' &&
    given[at.match_day] === values[at.match_day] &&
    !sameSource;
  // An award that one source reports outlives another's plain result with the same score.
  const staysAwarded = values[at.status] === 'awarded' && isPlayed && !contradicts;
  const copied: (typeof matchColumns)[number][] = [];
  if (isAuthority || (isPlayed && !wasPlayed)) {
    if (given[at.match_day] !== values[at.match_day]) {
      const reason = `${name} was moved from ${String(values[at.match_day])} to ${String(given[at.match_day])}.`;
      notes.push({ line, kind: 'moved', reason });
    }
    if (!keepsMinute) copied.push('match_day', 'kick_off', 'kick_off_precision');
    if (!staysAwarded) copied.push('status', 'decided_by');
    if (!keepsMinute || !wasPlayed) copied.push('result_known_at');
    copied.push('source');
  } else if (
    given[at.status] !== 'scheduled' &&
    !staysAwarded &&
    (!wasPlayed || given[at.status] === 'awarded')
  ) {
    copied.push('status', 'decided_by');
  }
  for (const column of copied) values[at[column]] = given[at[column]]!;
  if (values[at.result_known_at] !== null) {
    values[at.result_known_at] = Math.max(
      values[at.result_known_at] as number,
      (values[at.kick_off] as number) + 1,
    );
  }
  for (let i = firstGoal; i < firstGoal + goalColumns.length; i++) {
    const goals = given[i] ?? null;
    values[i] =
      sameSource || !wasPlayed ? (goals ?? (contradicts ? null : values[i]!)) : (values[i] ?? goals);
  }
  values[at.round] = sameSource
    ? (given[at.round] ?? values[at.round]!)
    : (values[at.round] ?? given[at.round]!);
  return { values, isConflict: false };
}
