import { startOfDay, dayText } from '../../../engine/contract/zones.ts';
import type { Database } from '../../client.ts';
import type { ModelTable } from './processing.ts';

/** What goal models learn from, row by row of the model table; shared memory. */
export interface GoalColumns {
  /** Goals in regular time; 0 where `table.target` is below 0. */
  readonly homeGoals: Uint8Array;
  readonly awayGoals: Uint8Array;
  /** The first day that begins at or after the instant at which the result was known. */
  readonly usableFrom: Int32Array;
  /** Division of each championship, in order of `table.championships`. */
  readonly tiers: readonly number[];
}

const dayMs = 86_400_000;
/** The shortest day: a result known within it after the day's start may be used the day after, whatever the clocks do. */
const shortestDayMs = 23 * 3_600_000;

/** Reads the scores of a model table. */
export function readGoalColumns({ sqlite }: Database, table: ModelTable): GoalColumns {
  const championships = new Map(
    sqlite
      .prepare<[], { id: number; tier: number; zone: string }>('SELECT id, tier, zone FROM championship')
      .all()
      .map((row) => [row.id, row]),
  );
  const rowOf = new Map<number, number>();
  for (let row = 0; row < table.rows; row++) rowOf.set(table.matchId[row]!, row);
  const columns = {
    homeGoals: new Uint8Array(new SharedArrayBuffer(Math.max(8, table.rows))),
    awayGoals: new Uint8Array(new SharedArrayBuffer(Math.max(8, table.rows))),
    usableFrom: new Int32Array(new SharedArrayBuffer(Math.max(8, table.rows * 4))),
    tiers: table.championships.map(({ id }) => championships.get(id)?.tier ?? 1),
  };
  const starts = new Map<string, number>();
  const startOf = (day: number, zone: string): number => {
    const key = `${String(day)} ${zone}`;
    let start = starts.get(key);
    if (start === undefined) starts.set(key, (start = startOfDay(dayText(day), zone)));
    return start;
  };
  const statement = sqlite.prepare<[], { id: number; home: number; away: number; known: number }>(
    `SELECT id, home_goals AS home, away_goals AS away, result_known_at AS known FROM match WHERE status = 'finished'`,
  );
  for (const { id, home, away, known } of statement.iterate()) {
    const row = rowOf.get(id);
    if (row === undefined) continue;
    columns.homeGoals[row] = home;
    columns.awayGoals[row] = away;
    const { zone } = championships.get(table.championships[table.championship[row]!]!.id)!;
    let day = table.day[row]! + 1;
    if (known > table.asOf[row]! + shortestDayMs) {
      day = Math.max(day, Math.floor(known / dayMs) - 1);
      while (startOf(day, zone) < known) day++;
    }
    columns.usableFrom[row] = day;
  }
  return columns;
}

/** The newest intensities of a goal model, row by row of the model table. */
export interface RawGoals {
  /** Rows that have them. */
  readonly count: number;
  /** 0 where there are none. */
  readonly predictionId: Int32Array;
  /** NaN where there are none. */
  readonly home: Float64Array;
  readonly away: Float64Array;
  /** rows x the law's parameters. */
  readonly extras: Float64Array;
}

/** Reads the newest intensities by a law with so many parameters of its own. */
export function readRawGoals(
  { sqlite }: Database,
  table: Pick<ModelTable, 'rows' | 'matchId'>,
  law: { readonly name: string; readonly parameters: { readonly length: number } },
): RawGoals {
  const rowOf = new Map<number, number>();
  for (let row = 0; row < table.rows; row++) rowOf.set(table.matchId[row]!, row);
  const width = law.parameters.length;
  const raw = {
    count: 0,
    predictionId: new Int32Array(table.rows),
    home: new Float64Array(table.rows).fill(Number.NaN),
    away: new Float64Array(table.rows).fill(Number.NaN),
    extras: new Float64Array(table.rows * width).fill(Number.NaN),
  };
  const statement = sqlite.prepare<
    [string],
    { id: number; matchId: number; home: number; away: number; extras: string }
  >(
    `SELECT id, match_id AS matchId, home_intensity AS home, away_intensity AS away, extras
     FROM goal_prediction WHERE law = ? ORDER BY id`,
  );
  for (const { id, matchId, home, away, extras } of statement.iterate(law.name)) {
    const row = rowOf.get(matchId);
    if (row === undefined) continue;
    if (raw.predictionId[row] === 0) raw.count++;
    raw.predictionId[row] = id;
    raw.home[row] = home;
    raw.away[row] = away;
    raw.extras.set(JSON.parse(extras) as number[], row * width);
  }
  return raw;
}
