import type BetterSqlite3 from 'better-sqlite3';
import type { Database } from '../../client.ts';
import { matchStatuses } from '../../../engine/contract/domain.ts';
import { statisticColumns } from './match-batch.ts';
import type { MatchBatch } from './match-batch.ts';
import { merge } from './match-merge.ts';
import type { BatchNote } from './match-merge.ts';
import { at, dayMs, firstGoal, matchColumns, statisticsOf, valuesOf } from './match-row.ts';
import type { StoredMatch, Value } from './match-row.ts';
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

export interface BatchResult {
  readonly matches: { new: number; changed: number; unchanged: number };
  readonly quotes: { new: number; changed: number; unchanged: number };
  readonly notes: readonly BatchNote[];
}

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
  const added = new Set<string>();
  const pairing = createPairing(batch, target.teamIds, readStored(statements.stored, target));
  const quotes = createQuoteWriter(database, batch.quotes);

  for (let row = 0; row < batch.count; row++) {
    const stored = pairing.of(row);
    const given = valuesOf(batch, row, target.source);
    const statistics = statisticsOf(batch, row);
    if (!stored) {
      const home = target.teamIds[batch.home[row]!]!;
      const away = target.teamIds[batch.away[row]!]!;
      const key = `${home}|${away}|${batch.day[row]!}`;
      if (home === away || added.has(key)) {
        // Only now that names have become teams does it show.
        const name = `${batch.teams[batch.home[row]!]!} v ${batch.teams[batch.away[row]!]!}`;
        const reason =
          home === away ? `${name} is one team.` : `${name} stands in the file under other names already.`;
        notes.push({ line: batch.line[row]!, kind: 'refused', reason });
        continue;
      }
      added.add(key);
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
  quotes.flush();
  return { matches, quotes: quotes.counts, notes };
}

function readStored(
  statement: BetterSqlite3.Statement,
  { seasonId, source }: BatchTarget,
): { home: number; away: number; match: StoredMatch; isPlayed: boolean; isForeign: boolean }[] {
  const rows = statement.all(seasonId) as Value[][];
  const statisticsFrom = 3 + matchColumns.length;
  return rows.map((row) => {
    const values = row.slice(3, statisticsFrom);
    return {
      home: row[1] as number,
      away: row[2] as number,
      isPlayed: values[firstGoal] !== null,
      isForeign: values[at.source] !== source,
      match: {
        id: row[0] as number,
        day: Date.parse(`${values[at.match_day]!}T00:00:00Z`) / dayMs,
        values,
        statistics: row.slice(statisticsFrom) as (number | null)[],
      },
    };
  });
}

function isSame(a: readonly Value[], b: readonly Value[]): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
