import { addDays, dayNumber } from '../../../engine/contract/zones.ts';
import type { Day, Instant, Sport } from '../../../engine/contract/domain.ts';
import type { Database } from '../../client.ts';
import { readMarketQuotes } from './market-quotes.ts';
import type { MarketQuotes } from './market-quotes.ts';
import { readTeamFacts } from './team-facts.ts';
import type { TeamFact } from './team-facts.ts';
import { setVector } from './vector.ts';

/**
 * What is known of every match before it is played. There is no column for a goal, a shot or a result here, so nothing
 * that is made from `Fixtures` alone can contain one.
 */
export interface Fixtures {
  readonly count: number;
  readonly matchId: Int32Array;
  /** Index into `seasons`. */
  readonly season: Int16Array;
  /** The source's own calendar day, in days since 1970-01-01. */
  readonly day: Int32Array;
  /** UTC epoch milliseconds. */
  readonly kickOff: Float64Array;
  /** Indices into `clubs`. */
  readonly home: Int16Array;
  readonly away: Int16Array;
  /** In order of time. */
  readonly seasons: readonly SeasonKey[];
  /** Team ids in ascending order, so that a club's index does not depend on the order of the rows. */
  readonly clubs: Int32Array;
}

export interface SeasonKey {
  readonly code: string;
  readonly firstYear: number;
}

/** What a match brought, row by row beside `Fixtures`. Counts are NaN where the source has none. */
export interface Results {
  /** -1 where the match has no result. */
  readonly homeGoals: Int16Array;
  readonly awayGoals: Int16Array;
  /** 1 where the result was given by decision: it counts in tables, never in ratings, form or training. */
  readonly awarded: Uint8Array;
  /** UTC epoch milliseconds from which the result could be known; NaN without a result. */
  readonly knownAt: Float64Array;
  /** Who won the overtime or shoot-out that followed a drawn regular time: 1 home, -1 away, 0 nobody. */
  readonly decider: Int8Array;
  readonly statistics: Readonly<Record<StatisticName, Float64Array>>;
}

export const statisticNames = [
  'homeShots',
  'awayShots',
  'homeShotsOnTarget',
  'awayShotsOnTarget',
  'homeCorners',
  'awayCorners',
  'homeExpectedGoals',
  'awayExpectedGoals',
] as const;
export type StatisticName = (typeof statisticNames)[number];

/** Every match of one championship, in any order. */
export interface History {
  readonly championshipId: number;
  readonly code: string;
  readonly sport: Sport;
  /** IANA name of the zone whose midnight begins a match day. */
  readonly zone: string;
  /** Names of `fixtures.clubs`, in their order. */
  readonly clubNames: readonly string[];
  readonly fixtures: Fixtures;
  readonly results: Results;
  /** What is known of the clubs beside their matches, in order of time. */
  readonly facts: readonly TeamFact[];
  /** Prices taken before the matches. Only the market's own features see them. */
  readonly quotes: MarketQuotes;
}

export interface ChampionshipKey {
  readonly id: number;
  readonly code: string;
}

/** The championships that have matches, in order of their codes. */
export function championshipsWithMatches(database: Database): ChampionshipKey[] {
  return database.sqlite
    .prepare<[], ChampionshipKey>(
      `SELECT id, code FROM championship c
       WHERE EXISTS (SELECT 1 FROM season s JOIN match m ON m.season_id = s.id WHERE s.championship_id = c.id)
       ORDER BY code`,
    )
    .all();
}

/** The ids of the championships that have a match to play in `days` days from `today` on. */
export function championshipsDue(database: Database, today: Day, days: number): Set<number> {
  const ids = database.sqlite
    .prepare<[Day, Day], number>(
      `SELECT DISTINCT s.championship_id FROM match m JOIN season s ON s.id = m.season_id
       WHERE m.match_day BETWEEN ? AND ? AND m.status = 'scheduled'`,
    )
    .pluck()
    .all(today, addDays(today, days - 1));
  return new Set(ids);
}

const historyColumns = [
  'm.id',
  'm.season_id',
  'm.match_day',
  'm.kick_off',
  'm.home_team_id',
  'm.away_team_id',
  'm.home_goals',
  'm.away_goals',
  "m.status = 'awarded'",
  'm.result_known_at',
  `CASE WHEN m.home_goals = m.away_goals THEN coalesce(sign(coalesce(
     m.home_goals_shoot_out - m.away_goals_shoot_out, m.home_goals_extra_time - m.away_goals_extra_time)), 0)
   ELSE 0 END`,
  's.home_shots',
  's.away_shots',
  's.home_shots_on_target',
  's.away_shots_on_target',
  's.home_corners',
  's.away_corners',
  's.home_expected_goals',
  's.away_expected_goals',
];
const firstStatistic = historyColumns.indexOf('s.home_shots');

/** Exported for the test of its query plan. */
export const historyStatement = `
  SELECT ${historyColumns.join(', ')} FROM season
  CROSS JOIN match m ON m.season_id = season.id
  LEFT JOIN match_statistics s ON s.match_id = m.id
  WHERE season.championship_id = ?
  ORDER BY m.id`;

type HistoryRow = [id: number, seasonId: number, day: Day, kickOff: number, ...rest: (number | null)[]];

/**
 * All matches of a championship, of every status: one that was called off is a fixture without a result. About 0.1 s
 * for 10,000 matches.
 */
export function readHistory(database: Database, championshipId: number): History {
  const { sqlite } = database;
  const championship = sqlite
    .prepare<[number], { code: string; zone: string; sport: Sport }>(
      `SELECT c.code, c.zone, s.code AS sport FROM championship c JOIN sport s ON s.id = c.sport_id WHERE c.id = ?`,
    )
    .get(championshipId);
  if (!championship) throw new RangeError(`there is no championship ${String(championshipId)}`);
  const seasons = sqlite
    .prepare<[number], SeasonKey & { id: number }>(
      'SELECT id, code, first_year AS firstYear FROM season WHERE championship_id = ? ORDER BY first_year, code',
    )
    .all(championshipId);
  const rows = sqlite.prepare<[number], HistoryRow>(historyStatement).raw().all(championshipId);
  const count = rows.length;
  const teamIds = new Set<number>();
  for (const row of rows) teamIds.add(row[4]!).add(row[5]!);
  const clubs = Int32Array.from(teamIds).sort();
  const clubIndex = new Map(Array.from(clubs, (team, index) => [team, index]));
  const seasonIndex = new Map(seasons.map((season, index) => [season.id, index]));
  const dayOf = dayNumbers();

  const matchId = new Int32Array(count);
  const season = new Int16Array(count);
  const day = new Int32Array(count);
  const kickOff = new Float64Array(count);
  const home = new Int16Array(count);
  const away = new Int16Array(count);
  const homeGoals = new Int16Array(count);
  const awayGoals = new Int16Array(count);
  const awarded = new Uint8Array(count);
  const knownAt = new Float64Array(count);
  const decider = new Int8Array(count);
  const counts = statisticNames.map(() => new Float64Array(count));
  for (let i = 0; i < count; i++) {
    const row = rows[i]!;
    matchId[i] = row[0];
    season[i] = seasonIndex.get(row[1])!;
    day[i] = dayOf(row[2]);
    kickOff[i] = row[3];
    home[i] = clubIndex.get(row[4]!)!;
    away[i] = clubIndex.get(row[5]!)!;
    homeGoals[i] = row[6] ?? -1;
    awayGoals[i] = row[7] ?? -1;
    awarded[i] = row[8]!;
    knownAt[i] = row[9] ?? NaN;
    decider[i] = row[10]!;
    for (let s = 0; s < counts.length; s++) counts[s]![i] = Number(row[firstStatistic + s] ?? NaN);
  }
  const nameOf = sqlite.prepare<[number], string>('SELECT name FROM team WHERE id = ?').pluck();
  return {
    championshipId,
    ...championship,
    clubNames: Array.from(clubs, (team) => nameOf.get(team)!),
    facts: readTeamFacts(database, clubs),
    quotes: readMarketQuotes(database, { championshipId, matchId }),
    fixtures: {
      count,
      matchId,
      season,
      day,
      kickOff,
      home,
      away,
      seasons: seasons.map(({ code, firstYear }) => ({ code, firstYear })),
      clubs,
    },
    results: {
      homeGoals,
      awayGoals,
      awarded,
      knownAt,
      decider,
      statistics: Object.fromEntries(
        statisticNames.map((name, s) => [name, counts[s]!]),
      ) as Results['statistics'],
    },
  };
}

/** The hash of every feature row that is held of a championship, by match. */
export function readFeatureHashes(
  database: Database,
  key: { readonly championshipId: number; readonly featureSetId: number },
): Map<number, string> {
  const rows = database.sqlite
    .prepare<[number, number], [number, string]>(
      `SELECT f.match_id, f.hash FROM season
       CROSS JOIN match m ON m.season_id = season.id
       CROSS JOIN feature f ON f.match_id = m.id AND f.feature_set_id = ?
       WHERE season.championship_id = ?`,
    )
    .raw()
    .all(key.featureSetId, key.championshipId);
  return new Map(rows);
}

/** A match to be played that a later room could not forecast. */
export interface IncompleteMatch {
  readonly matchId: number;
  readonly championship: string;
  readonly day: Day;
  readonly home: string;
  readonly away: string;
  readonly hasFeatures: boolean;
}

/** The matches to be played in `days` days from `today` on that lack their features or their lines of the table. */
export function findIncompleteMatches(
  database: Database,
  options: {
    readonly today: Day;
    readonly days: number;
    readonly featureSetId: number;
    readonly championshipIds: ReadonlySet<number>;
  },
): IncompleteMatch[] {
  return database.sqlite
    .prepare<
      { from: Day; until: Day; set: number },
      Omit<IncompleteMatch, 'hasFeatures'> & { hasFeatures: number; championshipId: number }
    >(
      `SELECT m.id AS matchId, c.id AS championshipId, c.code AS championship, m.match_day AS day,
              h.name AS home, a.name AS away, f.match_id IS NOT NULL AS hasFeatures
       FROM match m JOIN season s ON s.id = m.season_id JOIN championship c ON c.id = s.championship_id
       JOIN team h ON h.id = m.home_team_id JOIN team a ON a.id = m.away_team_id
       LEFT JOIN feature f ON f.match_id = m.id AND f.feature_set_id = :set
       WHERE m.match_day BETWEEN :from AND :until AND m.status = 'scheduled'
         AND (f.match_id IS NULL OR (SELECT count(*) FROM standings t WHERE t.match_id = m.id) < 2)
       ORDER BY m.match_day, m.kick_off, m.id`,
    )
    .all({
      from: options.today,
      until: addDays(options.today, options.days - 1),
      set: options.featureSetId,
    })
    .filter((row) => options.championshipIds.has(row.championshipId))
    .map(({ championshipId: _, ...row }) => ({ ...row, hasFeatures: row.hasFeatures === 1 }));
}

/** Feature rows in order of (match day, match id). */
export interface FeatureRows {
  readonly matchIds: Int32Array;
  /** First calendar year of the match's season. */
  readonly seasons: Int16Array;
  /** Days since 1970-01-01. */
  readonly days: Int32Array;
  readonly asOf: Float64Array;
  /** `matchIds.length * names.length` numbers, row-major; NaN is missing. */
  readonly matrix: Float64Array;
  readonly names: readonly string[];
  readonly hashes: readonly string[];
}

type FeatureRow = [id: number, firstYear: number, day: Day, asOf: Instant, hash: string, vector: Uint8Array];

/** The feature rows of one championship, or of all. Under 0.5 s for 100,000 matches. */
export function readFeatures(
  database: Database,
  options: { readonly featureSetId: number; readonly championshipId?: number },
): FeatureRows {
  const { sqlite } = database;
  const set = sqlite
    .prepare<[number], { names: string; valueBytes: number }>(
      'SELECT names, value_bytes AS valueBytes FROM feature_set WHERE id = ?',
    )
    .get(options.featureSetId);
  if (set === undefined) throw new RangeError(`there is no feature set ${String(options.featureSetId)}`);
  const columns = JSON.parse(set.names) as string[];
  const rows = sqlite
    .prepare<[number, number | null, number | null], FeatureRow>(
      `SELECT m.id, s.first_year, m.match_day, f.as_of, f.hash, f.vector
       FROM feature f JOIN match m ON m.id = f.match_id JOIN season s ON s.id = m.season_id
       WHERE f.feature_set_id = ? AND (? IS NULL OR s.championship_id = ?)`,
    )
    .raw()
    .all(options.featureSetId, options.championshipId ?? null, options.championshipId ?? null);
  const dayOf = dayNumbers();
  const order = rows
    .map((row) => ({ row, day: dayOf(row[2]) }))
    .sort((a, b) => a.day - b.day || a.row[0] - b.row[0]);

  const matrix = new Float64Array(rows.length * columns.length);
  order.forEach(({ row }, i) => {
    setVector(matrix, i * columns.length, { bytes: row[5], valueBytes: set.valueBytes });
  });
  return {
    matchIds: Int32Array.from(order, ({ row }) => row[0]),
    seasons: Int16Array.from(order, ({ row }) => row[1]),
    days: Int32Array.from(order, ({ day }) => day),
    asOf: Float64Array.from(order, ({ row }) => row[3]),
    matrix,
    names: columns,
    hashes: order.map(({ row }) => row[4]),
  };
}

/** Day numbers by text, each worked out once: tables hold few days and many rows. */
function dayNumbers(): (day: Day) => number {
  const known = new Map<Day, number>();
  return (day) => {
    let number = known.get(day);
    if (number === undefined) known.set(day, (number = dayNumber(day)));
    return number;
  };
}
