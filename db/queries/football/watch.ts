import type { Day, Instant, Sport } from '../../../engine/contract/domain.ts';
import type { Database } from '../../client.ts';
import { bookOf, isDuplicate, isJudgedBook, soundBooks } from './defects.ts';

/** What the watch over sources, data and forecasts reads. Days are those of the championships' own calendars. */

export interface ReadingRun {
  readonly source: string;
  readonly state: string;
  readonly finishedAt: Instant;
  readonly durationMs: number;
  /** Files of it that failed because they no longer look as they did. */
  readonly changedFiles: number;
}

/** The last runs that read sources, newest first. */
export function readReadingRuns({ sqlite }: Database, limit: number): ReadingRun[] {
  return sqlite
    .prepare<[number], ReadingRun>(
      `SELECT json_extract(parameters, '$.source') AS source, state, finished_at AS finishedAt,
         finished_at - started_at AS durationMs,
         (SELECT count(*) FROM run_item i WHERE i.run_id = run.id AND i.state = 'failed'
            AND i.error_code IN ('FILE_COLUMNS', 'FILE_FORMAT', 'FILE_ENCODING')) AS changedFiles
       FROM run WHERE stage = 'getting' AND finished_at IS NOT NULL AND state IN ('done', 'failed')
       ORDER BY id DESC LIMIT ?`,
    )
    .all(limit);
}

/** Matches of a source's own championships due around a day, by source. */
export function countDueBySource(
  { sqlite }: Database,
  span: { readonly from: Day; readonly until: Day },
): Map<string, number> {
  const rows = sqlite
    .prepare<[typeof span], [string, number]>(
      `SELECT c.founding_source, count(*) FROM match m JOIN season s ON s.id = m.season_id
       JOIN championship c ON c.id = s.championship_id
       WHERE m.match_day BETWEEN @from AND @until AND m.status IN ('scheduled', 'finished')
       GROUP BY c.founding_source`,
    )
    .raw()
    .all(span);
  return new Map(rows);
}

export interface CountedChampionship {
  readonly code: string;
  readonly count: number;
  /** Matches of the championship in the span. */
  readonly n: number;
}

const matchesOfSpan = `FROM match m JOIN season s ON s.id = m.season_id JOIN championship c ON c.id = s.championship_id
  LEFT JOIN match_statistics x ON x.match_id = m.id WHERE m.match_day BETWEEN @from AND @until`;

function countIn(
  { sqlite }: Database,
  condition: string,
  span: { readonly from: Day; readonly until: Day },
): CountedChampionship[] {
  return sqlite
    .prepare<[typeof span], CountedChampionship>(
      `SELECT c.code, sum(${condition}) AS count, count(*) AS n ${matchesOfSpan} GROUP BY c.id ORDER BY c.code`,
    )
    .all(span);
}

type Span = { readonly from: Day; readonly until: Day };

/** Matches whose day has passed and that still wait for a result. */
export function countLateResults(database: Database, span: Span): CountedChampionship[] {
  return countIn(database, `m.status = 'scheduled'`, span);
}

/** The same two clubs at the same ground within three days of each other. */
export function countDuplicates(database: Database, span: Span): CountedChampionship[] {
  return countIn(database, isDuplicate, span);
}

/** The same two clubs the other way round within two days. */
export function countSwapped(database: Database, span: Span): CountedChampionship[] {
  return countIn(
    database,
    `EXISTS (SELECT 1 FROM match d WHERE d.season_id = m.season_id AND d.home_team_id = m.away_team_id
       AND d.away_team_id = m.home_team_id AND d.id < m.id
       AND d.status <> 'postponed' AND m.status <> 'postponed'
       AND abs(julianday(d.match_day) - julianday(m.match_day)) <= 2)`,
    span,
  );
}

/** Counts that contradict each other: more goals at the break than at the end, more shots on target than shots. */
export function countImpossible(database: Database, span: Span): CountedChampionship[] {
  return countIn(
    database,
    `coalesce(m.home_goals_half_time > m.home_goals OR m.away_goals_half_time > m.away_goals
       OR x.home_shots_on_target > x.home_shots OR x.away_shots_on_target > x.away_shots
       OR m.home_goals > 20 OR m.away_goals > 20, 0)`,
    span,
  );
}

/** Matches with a single bookmaker's 1X2 book outside of what any bookmaker would offer. */
export function countOddBooks({ sqlite }: Database, span: Span): CountedChampionship[] {
  return sqlite
    .prepare<[Span & typeof soundBooks], CountedChampionship>(
      `SELECT code, count(DISTINCT iif(book BETWEEN @low AND @high, NULL, id)) AS count, count(DISTINCT id) AS n FROM (
         SELECT c.code, m.id, ${bookOf} AS book
         FROM match m JOIN season s ON s.id = m.season_id JOIN championship c ON c.id = s.championship_id
         JOIN odds_quote q ON q.match_id = m.id AND q.market_id = 1 JOIN bookmaker b ON b.id = q.bookmaker_id
         WHERE m.match_day BETWEEN @from AND @until AND ${isJudgedBook}
       ) GROUP BY code ORDER BY code`,
    )
    .all({ ...span, ...soundBooks });
}

export interface SeasonCount {
  readonly code: string;
  readonly season: string;
  readonly firstYear: number;
  readonly lastDay: Day;
  readonly finished: number;
}

/** Of each championship the newest season that ended before a day: how many results it has. */
export function readLastFullSeasons({ sqlite }: Database, before: Day): SeasonCount[] {
  return sqlite
    .prepare<[Day], SeasonCount>(
      `SELECT code, season, firstYear, lastDay, finished FROM (
         SELECT c.code, s.code AS season, s.first_year AS firstYear, max(m.match_day) AS lastDay,
           sum(m.status IN ('finished', 'awarded')) AS finished,
           row_number() OVER (PARTITION BY c.id ORDER BY s.first_year DESC, s.code DESC) AS place
         FROM season s JOIN championship c ON c.id = s.championship_id JOIN match m ON m.season_id = s.id
         GROUP BY s.id HAVING max(m.match_day) < ?
       ) WHERE place = 1 ORDER BY code`,
    )
    .all(before);
}

export interface WatchedMatches {
  readonly day: readonly Day[];
  readonly championship: readonly number[];
  readonly homeGoals: Float64Array;
  readonly awayGoals: Float64Array;
  /** Sum of the inverse prices less one of the sharpest pre-match book held; NaN where there is none. */
  readonly margin: Float64Array;
}

/** Results of a sport in a span, with the margin of the average pre-match book. */
export function readWatchedMatches(
  { sqlite }: Database,
  span: Span & { readonly sport: Sport },
): WatchedMatches {
  const rows = sqlite
    .prepare<[typeof span], [Day, number, number, number, number | null]>(
      `SELECT m.match_day, s.championship_id, m.home_goals, m.away_goals,
         (SELECT 1 / q.price_1 + 1 / q.price_2 + 1 / q.price_3 - 1 FROM odds_quote q
            JOIN bookmaker b ON b.id = q.bookmaker_id
            WHERE q.match_id = m.id AND q.market_id = 1 AND q.phase = 2 AND q.price_3 IS NOT NULL
              AND b.code IN ('B365', 'BALTBET') LIMIT 1)
       FROM match m JOIN season s ON s.id = m.season_id JOIN championship c ON c.id = s.championship_id
       JOIN sport ON sport.id = c.sport_id
       WHERE m.match_day BETWEEN @from AND @until AND sport.code = @sport AND m.status = 'finished'
       ORDER BY m.match_day, m.id`,
    )
    .raw()
    .all(span);
  return {
    day: rows.map(([day]) => day),
    championship: rows.map(([, championship]) => championship),
    homeGoals: Float64Array.from(rows, (row) => row[2]),
    awayGoals: Float64Array.from(rows, (row) => row[3]),
    margin: Float64Array.from(rows, (row) => row[4] ?? NaN),
  };
}

/** Sports that have championships. */
export function heldSports({ sqlite }: Database): Sport[] {
  return sqlite
    .prepare<[], Sport>(
      'SELECT code FROM sport WHERE EXISTS (SELECT 1 FROM championship WHERE sport_id = sport.id) ORDER BY id',
    )
    .pluck()
    .all();
}
