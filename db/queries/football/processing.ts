import type { Sport } from '../../../engine/contract/domain.ts';
import { dayNumber } from '../../../engine/contract/zones.ts';
import type { Database } from '../../client.ts';
import { setVector } from './vector.ts';

/**
 * Everything the models of a sport learn from, column by column, in order of (match day, championship, match). One row a
 * match that has features; shared memory, so that worker threads read one copy.
 */
export interface ModelTable {
  readonly sport: Sport;
  readonly rows: number;
  readonly championships: readonly {
    readonly id: number;
    readonly code: string;
    readonly isSample: boolean;
  }[];
  readonly seasonCodes: readonly string[];
  readonly featureSetId: number;
  readonly featureNames: readonly string[];
  /** rows x featureNames.length, row-major; NaN is missing. */
  readonly features: Float64Array;
  readonly matchId: Int32Array;
  /** Index into `championships`. */
  readonly championship: Int32Array;
  /** First calendar year of the season. */
  readonly firstYear: Int32Array;
  /** Index into `seasonCodes`. */
  readonly season: Int32Array;
  /** Match day as days since 1970-01-01. */
  readonly day: Int32Array;
  /**
   * rows x 3 probabilities of the market without its margin, from the newest price known at the as-of instant; NaN where
   * there is none. For families declared market-informed and no others.
   */
  readonly market: Float64Array;
  /** Team ids. */
  readonly homeTeam: Int32Array;
  readonly awayTeam: Int32Array;
  readonly asOf: Float64Array;
  readonly kickOff: Float64Array;
  /** 1 where the kick-off's minute is known. */
  readonly kickOffKnown: Uint8Array;
  /** 0 home, 1 draw, 2 away; -1 where there is no result from the pitch (yet, or ever). */
  readonly target: Int8Array;
  /** 1 where the match is still to be played. */
  readonly scheduled: Uint8Array;
  /** 64-bit content hash of each feature row, two words a row. */
  readonly hashes: Uint32Array;
}

const tableStatement = `
  SELECT m.id, m.home_team_id, m.away_team_id, s.championship_id, s.first_year, s.code AS season, m.match_day, m.kick_off, m.kick_off_precision,
         m.status, m.home_goals, m.away_goals, f.as_of, f.hash, f.vector
  FROM feature f
  JOIN match m ON m.id = f.match_id
  JOIN season s ON s.id = m.season_id
  WHERE f.feature_set_id = ? AND s.championship_id IN (SELECT id FROM championship WHERE sport_id = ?) AND m.status IN ('finished', 'awarded', 'scheduled')
  ORDER BY m.match_day, s.championship_id, m.id`;

interface TableRow {
  id: number;
  home_team_id: number;
  away_team_id: number;
  championship_id: number;
  first_year: number;
  season: string;
  match_day: string;
  kick_off: number;
  kick_off_precision: string;
  status: string;
  home_goals: number | null;
  away_goals: number | null;
  as_of: number;
  hash: string;
  vector: Uint8Array;
}

function shared(bytes: number): SharedArrayBuffer {
  return new SharedArrayBuffer(Math.max(bytes, 8));
}

function featureSetOf(
  database: Database,
  hash: string,
): { id: number; names: string[]; valueBytes: number } | undefined {
  const row = database.sqlite
    .prepare<[string], { id: number; names: string; valueBytes: number }>(
      'SELECT id, names, value_bytes AS valueBytes FROM feature_set WHERE hash = ?',
    )
    .get(hash);
  return row && { ...row, names: JSON.parse(row.names) as string[] };
}

/**
 * Reads the whole table of a feature set, or of the named features alone, those that it has; undefined before its first
 * calculation. About 0.5 s for 100,000 matches.
 */
export function readModelTable(
  database: Database,
  {
    hash,
    sport,
    features: wanted,
  }: {
    /** Of the feature set. */
    readonly hash: string;
    readonly sport: Sport;
    /** Names; default all. */
    readonly features?: readonly string[];
  },
): Omit<ModelTable, 'market'> | undefined {
  const set = featureSetOf(database, hash);
  const sportId = database.sqlite
    .prepare<[string], number>('SELECT id FROM sport WHERE code = ?')
    .pluck()
    .get(sport);
  if (!set || sportId === undefined) return undefined;
  const championships = database.sqlite
    .prepare<[number], { id: number; code: string; isSample: number }>(
      'SELECT id, code, is_sample AS isSample FROM championship WHERE sport_id = ? ORDER BY id',
    )
    .all(sportId)
    .map((row) => ({ ...row, isSample: row.isSample === 1 }));
  const championshipIndex = new Map(championships.map((championship, index) => [championship.id, index]));
  const rows =
    database.sqlite
      .prepare<[number], { n: number }>('SELECT count(*) AS n FROM feature WHERE feature_set_id = ?')
      .get(set.id)?.n ?? 0;
  const names = wanted ? set.names.filter((name) => wanted.includes(name)) : set.names;
  const places = names.map((name) => set.names.indexOf(name));
  const width = names.length;
  const vector = new Float64Array(set.names.length);
  const features = new Float64Array(shared(rows * width * 8));
  const matchId = new Int32Array(shared(rows * 4));
  const championship = new Int32Array(shared(rows * 4));
  const firstYear = new Int32Array(shared(rows * 4));
  const season = new Int32Array(shared(rows * 4));
  const day = new Int32Array(shared(rows * 4));
  const homeTeam = new Int32Array(shared(rows * 4));
  const awayTeam = new Int32Array(shared(rows * 4));
  const asOf = new Float64Array(shared(rows * 8));
  const kickOff = new Float64Array(shared(rows * 8));
  const kickOffKnown = new Uint8Array(shared(rows));
  const target = new Int8Array(shared(rows));
  const scheduled = new Uint8Array(shared(rows));
  const hashes = new Uint32Array(shared(rows * 8));
  const seasonCodes: string[] = [];
  const seasonIndex = new Map<string, number>();
  let lastDay = '';
  let lastDayNumber = 0;
  let i = 0;
  for (const row of database.sqlite
    .prepare<[number, number], TableRow>(tableStatement)
    .iterate(set.id, sportId)) {
    if (row.match_day !== lastDay) {
      lastDay = row.match_day;
      lastDayNumber = dayNumber(lastDay);
    }
    let seasonAt = seasonIndex.get(row.season);
    if (seasonAt === undefined) {
      seasonAt = seasonCodes.push(row.season) - 1;
      seasonIndex.set(row.season, seasonAt);
    }
    const bytes = { bytes: row.vector, valueBytes: set.valueBytes };
    if (wanted) {
      setVector(vector, 0, bytes);
      places.forEach((place, at) => (features[i * width + at] = vector[place]!));
    } else {
      setVector(features, i * width, bytes);
    }
    matchId[i] = row.id;
    championship[i] = championshipIndex.get(row.championship_id)!;
    firstYear[i] = row.first_year;
    season[i] = seasonAt;
    day[i] = lastDayNumber;
    homeTeam[i] = row.home_team_id;
    awayTeam[i] = row.away_team_id;
    asOf[i] = row.as_of;
    kickOff[i] = row.kick_off;
    kickOffKnown[i] = row.kick_off_precision === 'minute' ? 1 : 0;
    const played = row.status === 'finished' && row.home_goals !== null && row.away_goals !== null;
    target[i] = played ? 1 - Math.sign(row.home_goals! - row.away_goals!) : -1;
    scheduled[i] = row.status === 'scheduled' ? 1 : 0;
    hashes[2 * i] = Number.parseInt(row.hash.slice(0, 8), 16);
    hashes[2 * i + 1] = Number.parseInt(row.hash.slice(8), 16);
    i++;
  }
  return {
    sport,
    rows: i,
    championships,
    seasonCodes,
    featureSetId: set.id,
    featureNames: names,
    features,
    matchId,
    championship,
    firstYear,
    season,
    day,
    homeTeam,
    awayTeam,
    asOf,
    kickOff,
    kickOffKnown,
    target,
    scheduled,
    hashes,
  };
}

/** The price looked at: which bookmaker's, in which phase, when, and its three prices. */
export interface PriceColumns {
  /** Bookmaker id a row of the model table; 0 where no price is held. */
  readonly bookmaker: Int32Array;
  readonly instant: Float64Array;
  /** rows x 3 decimal prices; NaN where none is held. */
  readonly prices: Float64Array;
}

/**
 * Which prices stand for "the market", best first: the sharpest bookmaker, then the average of all, then the most
 * widely held. Best-of-market prices never do: they are nobody's opinion.
 */
export const marketOrder =
  "CASE b.code WHEN 'PS' THEN 0 WHEN 'Avg' THEN 1 WHEN 'BbAv' THEN 1 WHEN 'B365' THEN 2 ELSE 3 END";

/**
 * The market's 1X2 price a match: `closing` the closing one, `preMatch` the newest that is not later than `latest(row)`.
 */
export function readPrices(
  database: Database,
  table: Pick<ModelTable, 'rows' | 'matchId'>,
  options: {
    phase: 'preMatch' | 'closing';
    latest?: (row: number) => number;
    /** Ids of the matches that are looked up; default all. */
    matches?: readonly number[] | undefined;
  },
): PriceColumns {
  const rowOf = new Map<number, number>();
  for (let i = 0; i < table.rows; i++) rowOf.set(table.matchId[i]!, i);
  const bookmaker = new Int32Array(shared(table.rows * 4));
  const instant = new Float64Array(shared(table.rows * 8));
  const prices = new Float64Array(shared(table.rows * 24)).fill(Number.NaN);
  const rank = new Uint8Array(table.rows).fill(255);
  const few = options.matches && JSON.stringify(options.matches);
  const statement = database.sqlite.prepare<
    string[],
    {
      match_id: number;
      bookmaker_id: number;
      instant: number;
      price_1: number;
      price_2: number;
      price_3: number;
      rank: number;
    }
  >(`
    SELECT q.match_id, q.bookmaker_id, q.instant, q.price_1, q.price_2, q.price_3, ${marketOrder} AS rank
    FROM odds_quote q JOIN bookmaker b ON b.id = q.bookmaker_id
    WHERE q.market_id = 1 AND q.phase ${options.phase === 'closing' ? '= 3' : '< 3'} AND b.kind IN ('bookmaker', 'exchange', 'average')
      AND (b.code IN ('PS', 'Avg', 'BbAv', 'B365'))
      ${few === undefined ? '' : 'AND q.match_id IN (SELECT value FROM json_each(?))'}`);
  for (const quote of statement.iterate(...(few === undefined ? [] : [few]))) {
    const row = rowOf.get(quote.match_id);
    if (row === undefined) continue;
    if (options.latest && quote.instant > options.latest(row)) continue;
    const better = quote.rank < rank[row]! || (quote.rank === rank[row]! && quote.instant > instant[row]!);
    if (!better) continue;
    rank[row] = quote.rank;
    bookmaker[row] = quote.bookmaker_id;
    instant[row] = quote.instant;
    prices[row * 3] = quote.price_1;
    prices[row * 3 + 1] = quote.price_2;
    prices[row * 3 + 2] = quote.price_3;
  }
  return { bookmaker, instant, prices };
}

/** The championships that have features, with their sports, in the order in which both came. */
export function championshipsWithFeatures({ sqlite }: Database): { code: string; sport: Sport }[] {
  return sqlite
    .prepare<[], { code: string; sport: Sport }>(
      `SELECT c.code, sport.code AS sport FROM championship c JOIN sport ON sport.id = c.sport_id
       WHERE EXISTS (SELECT 1 FROM season s JOIN match m ON m.season_id = s.id JOIN feature f ON f.match_id = m.id
                     WHERE s.championship_id = c.id)
       ORDER BY sport.id, c.id`,
    )
    .all();
}
