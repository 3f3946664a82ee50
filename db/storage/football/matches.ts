import type BetterSqlite3 from 'better-sqlite3';
import type { Database } from '../../client.ts';
import { decisions, goalColumns, matchStatuses, statisticColumns } from './match-batch.ts';
import type { MatchBatch } from './match-batch.ts';
import { createPairing } from './pairing.ts';
import { createQuoteWriter } from './quotes.ts';

export interface BatchTarget {
  readonly seasonId: number;
  /** Team of each of `batch.teams`. */
  readonly teamIds: readonly number[];
  readonly source: string;
  /** The source whose word on days and kick-offs counts: the one that founded the championship. */
  readonly foundingSource: string;
  /** When a pre-match price of a match would have been collected, to find prices that a moved match left behind. */
  preMatchInstant(day: number, kickOff: number, kickOffKnown: boolean): number;
}

export interface BatchNote {
  readonly line: number;
  readonly kind: 'moved' | 'corrected' | 'conflict';
  readonly reason: string;
}

export interface BatchResult {
  readonly matches: { new: number; changed: number; unchanged: number };
  readonly quotes: { new: number; changed: number; unchanged: number };
  readonly notes: readonly BatchNote[];
}

/** A row of `match` and its statistics, as stored. */
interface StoredMatch {
  readonly id: number;
  readonly day: number;
  /** In the order of `matchColumns`. */
  readonly values: readonly Value[];
  readonly statistics: readonly (number | null)[];
}
type Value = number | string | null;

const matchColumns = [
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
const at = Object.fromEntries(matchColumns.map((column, index) => [column, index])) as Record<
  (typeof matchColumns)[number],
  number
>;
const firstGoal = at.home_goals;

const dayMs = 86_400_000;

function createStatements({ sqlite }: Database) {
  const names = matchColumns.join(', ');
  const statistics = statisticColumns.join(', ');
  return {
    stored: sqlite
      .prepare(
        `SELECT m.id, m.home_team_id, m.away_team_id, ${matchColumns.map((name) => `m.${name}`).join(', ')},
                ${statisticColumns.map((name) => `s.${name}`).join(', ')}
         FROM match m LEFT JOIN match_statistics s ON s.match_id = m.id WHERE m.season_id = ?`,
      )
      .raw(),
    insert: sqlite.prepare<Value[]>(
      `INSERT INTO match (season_id, home_team_id, away_team_id, ${names})
       VALUES (?, ?, ?, ${matchColumns.map(() => '?').join(', ')})`,
    ),
    update: sqlite.prepare<Value[]>(
      `UPDATE match SET ${matchColumns.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`,
    ),
    writeStatistics: sqlite.prepare<Value[]>(
      `INSERT OR REPLACE INTO match_statistics (match_id, ${statistics})
       VALUES (?, ${statisticColumns.map(() => '?').join(', ')})`,
    ),
  };
}
const statementsOf = new WeakMap<Database, ReturnType<typeof createStatements>>();

/**
 * Writes a batch into its season: new matches are added, known ones updated where they differ, and nothing is ever
 * doubled. Call it inside a transaction.
 *
 * A match is known when season and teams are the same and the day is the same, or lies within three days, or the stored
 * one has not been played yet (it was moved). Of a match that another source brought, only what is missing is filled in;
 * a contradicting result stays as it is and is reported.
 */
export function writeBatch(database: Database, batch: MatchBatch, target: BatchTarget): BatchResult {
  let statements = statementsOf.get(database);
  if (!statements) statementsOf.set(database, (statements = createStatements(database)));
  const matches = { new: 0, changed: 0, unchanged: 0 };
  const notes: BatchNote[] = [];
  const pairing = createPairing(batch, target.teamIds, readStored(statements.stored, target.seasonId));
  const quotes = createQuoteWriter(database, batch.quotes);

  for (let row = 0; row < batch.count; row++) {
    const stored = pairing.of(row);
    const given = valuesOf(batch, row, target.source);
    const statistics = statisticsOf(batch, row);
    if (!stored) {
      const home = target.teamIds[batch.home[row]!]!;
      const away = target.teamIds[batch.away[row]!]!;
      const { lastInsertRowid } = statements.insert.run(target.seasonId, home, away, ...given);
      const id = Number(lastInsertRowid);
      if (statistics.some((value) => value !== null)) statements.writeStatistics.run(id, ...statistics);
      quotes.insertAll(row, id);
      matches.new++;
      continue;
    }
    const isAuthority = target.source === stored.values[at.source] || target.source === target.foundingSource;
    const merged = merge(stored, given, { batch, row, isAuthority, target, notes });
    let changed = !isSame(merged.values, stored.values);
    if (changed) statements.update.run(...merged.values, stored.id);
    if (!merged.isConflict) {
      const mergedStatistics = statistics.map((value, index) => {
        const before = stored.statistics[index] ?? null;
        return isAuthority ? (value ?? before) : (before ?? value);
      });
      if (!isSame(mergedStatistics, stored.statistics)) {
        statements.writeStatistics.run(stored.id, ...mergedStatistics);
        changed = true;
      }
    }
    const kickOffMoved = merged.values[at.kick_off] !== stored.values[at.kick_off];
    const staleInstant = kickOffMoved
      ? target.preMatchInstant(
          stored.day,
          stored.values[at.kick_off] as number,
          stored.values[at.kick_off_precision] === 'minute',
        )
      : undefined;
    const isSeen = matchStatuses[batch.status[row]!] === 'scheduled';
    if (quotes.reconcile(row, stored.id, { isSeen, isAuthority, staleInstant })) changed = true;
    if (changed) matches.changed++;
    else matches.unchanged++;
  }
  return { matches, quotes: quotes.counts, notes };
}

function readStored(
  statement: BetterSqlite3.Statement,
  seasonId: number,
): { home: number; away: number; match: StoredMatch; isPlayed: boolean }[] {
  const rows = statement.all(seasonId) as Value[][];
  const statisticsFrom = 3 + matchColumns.length;
  return rows.map((row) => {
    const values = row.slice(3, statisticsFrom);
    return {
      home: row[1] as number,
      away: row[2] as number,
      isPlayed: values[firstGoal] !== null,
      match: {
        id: row[0] as number,
        day: Date.parse(`${values[at.match_day]!}T00:00:00Z`) / dayMs,
        values,
        statistics: row.slice(statisticsFrom) as (number | null)[],
      },
    };
  });
}

function valuesOf(batch: MatchBatch, row: number, source: string): Value[] {
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

function statisticsOf(batch: MatchBatch, row: number): (number | null)[] {
  const statistics: (number | null)[] = [];
  for (let i = 0; i < statisticColumns.length; i++) {
    const value = batch.statistics[row * statisticColumns.length + i]!;
    statistics.push(Number.isNaN(value) ? null : value);
  }
  return statistics;
}

/** What the row should be after a source has had its say. */
function merge(
  stored: StoredMatch,
  given: readonly Value[],
  context: {
    batch: MatchBatch;
    row: number;
    isAuthority: boolean;
    target: BatchTarget;
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

function isSame(a: readonly Value[], b: readonly Value[]): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
