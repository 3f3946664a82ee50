import type { QualityFinding } from '../../../engine/contract/data.ts';
import type { Day } from '../../../engine/contract/domain.ts';
import type { Database } from '../../client.ts';
import { bookOf, graceDays, isDuplicate, isJudgedBook, soundBooks } from './defects.ts';
import type { SeasonMean, WatchedStatistic } from './defects.ts';

/** What may be wrong with the data that are held: each check counts its cases and shows some of them. */

type Example = QualityFinding['examples'][number];

export interface CheckCount {
  readonly count: number;
  readonly of: number;
  readonly examples: Example[];
}

const examplesKept = 20;

interface Case {
  readonly matchId: number | null;
  readonly championship: string | null;
  readonly season: string | null;
  readonly day: string | null;
  readonly what: string;
}

const withPlace = 'JOIN season s ON s.id = m.season_id JOIN championship c ON c.id = s.championship_id';
const withTeams = 'JOIN team h ON h.id = m.home_team_id JOIN team a ON a.id = m.away_team_id';

/** Counts the cases of a statement that answers rows of `Case`. */
function cases({ sqlite }: Database, statement: string, of: number, ...given: unknown[]): CheckCount {
  const rows = sqlite.prepare<unknown[], Case>(statement).all(...given);
  return { count: rows.length, of, examples: rows.slice(0, examplesKept).map(exampleOf) };
}

function exampleOf({ matchId, championship, season, day, what }: Case): Example {
  return {
    what,
    ...(matchId === null ? {} : { matchId }),
    ...(championship === null ? {} : { championship }),
    ...(season === null ? {} : { season }),
    ...(day === null ? {} : { day }),
  };
}

export function countMatches({ sqlite }: Database): number {
  return sqlite.prepare<[], number>('SELECT count(*) FROM match').pluck().get() ?? 0;
}

/** The same pair at the same ground twice within three days. */
export function findDuplicates(database: Database, of: number): CheckCount {
  return cases(
    database,
    `SELECT m.id AS matchId, c.name AS championship, s.code AS season, m.match_day AS day,
            h.name || ' – ' || a.name AS what
     FROM match m ${withPlace} ${withTeams} WHERE ${isDuplicate} ORDER BY m.match_day DESC`,
    of,
  );
}

/** A team in two matches of one day. */
export function findTwiceADay(database: Database, of: number): CheckCount {
  return cases(
    database,
    `SELECT min(p.id) AS matchId, NULL AS championship, NULL AS season, p.match_day AS day, t.name AS what
     FROM (SELECT id, home_team_id AS team_id, match_day FROM match
           UNION ALL SELECT id, away_team_id, match_day FROM match) p
     JOIN team t ON t.id = p.team_id
     GROUP BY p.team_id, p.match_day HAVING count(*) > 1 ORDER BY p.match_day DESC`,
    of,
  );
}

/** Matches whose result is late. */
export function findWithoutResult(database: Database, of: number, today: string): CheckCount {
  return cases(
    database,
    `SELECT m.id AS matchId, c.name AS championship, s.code AS season, m.match_day AS day,
            h.name || ' – ' || a.name AS what
     FROM match m ${withPlace} ${withTeams}
     WHERE m.status = 'scheduled' AND m.match_day <= date(?, '-${graceDays} days') ORDER BY m.match_day DESC`,
    of,
    today,
  );
}

/** Past seasons with fewer than 85 % of the matches of a double round. */
export function findIncompleteSeasons(database: Database, today: string): CheckCount {
  const seasons = database.sqlite.prepare<[], number>('SELECT count(*) FROM season').pluck().get() ?? 0;
  return cases(
    database,
    `SELECT NULL AS matchId, c.name AS championship, s.code AS season, NULL AS day,
            x.n || ' / ' || (x.teams * (x.teams - 1)) AS what
     FROM (SELECT season_id, count(*) AS n, count(DISTINCT home_team_id) AS teams, max(match_day) AS last
           FROM match WHERE status <> 'cancelled' GROUP BY season_id) x
     JOIN season s ON s.id = x.season_id JOIN championship c ON c.id = s.championship_id
     WHERE x.last < date(?, '-60 days') AND x.n < 0.85 * x.teams * (x.teams - 1) ORDER BY s.first_year DESC`,
    seasons,
    today,
  );
}

/** Ten goals of one team or more: rare, and often a slip of the pen. */
export function findUnlikelyScores(database: Database, of: number): CheckCount {
  return cases(
    database,
    `SELECT m.id AS matchId, c.name AS championship, s.code AS season, m.match_day AS day,
            h.name || ' – ' || a.name || ' ' || m.home_goals || ':' || m.away_goals AS what
     FROM match m ${withPlace} ${withTeams} WHERE m.home_goals >= 10 OR m.away_goals >= 10 ORDER BY m.match_day DESC`,
    of,
  );
}

/** One bookmaker's 1X2 prices whose inverses add up to what no bookmaker would offer. */
export function findOddsSums(database: Database): CheckCount {
  const { sqlite } = database;
  const from = `odds_quote q CROSS JOIN bookmaker b ON b.id = q.bookmaker_id
    WHERE q.market_id = (SELECT id FROM market WHERE code = '1x2') AND ${isJudgedBook}`;
  const of = sqlite.prepare<[], number>(`SELECT count(*) FROM ${from}`).pluck().get() ?? 0;
  return cases(
    database,
    `SELECT x.match_id AS matchId, c.name AS championship, s.code AS season, m.match_day AS day,
            h.name || ' – ' || a.name || ', ' || x.name || ': ' || round(x.total, 3) AS what
     FROM (SELECT q.match_id, b.name, ${bookOf} AS total FROM ${from} AND NOT ${bookOf} BETWEEN ${soundBooks.low} AND ${soundBooks.high}) x
     JOIN match m ON m.id = x.match_id ${withPlace} ${withTeams} ORDER BY m.match_day DESC`,
    of,
  );
}

/** What the reports of files say of their rows: those refused, or those that contradict another source. */
export function findReported(database: Database, kind: 'refused' | 'conflicts'): CheckCount {
  const { sqlite } = database;
  const counted =
    kind === 'refused' ? `report ->> 'refusedCount'` : `json_array_length(report, '$.conflicts')`;
  const total = sqlite
    .prepare<[], { n: number | null; rows: number | null }>(
      `SELECT sum(${counted}) AS n, sum(report ->> 'rowsRead') AS rows FROM source_file`,
    )
    .get();
  const shown = cases(
    database,
    `SELECT NULL AS matchId, NULL AS championship, NULL AS season, NULL AS day,
            f.source || ', ' || (n.value ->> 'line') || ': ' || (n.value ->> 'reason') AS what
     FROM source_file f, json_each(f.report, ?) n ORDER BY f.read_at DESC, f.id LIMIT ${examplesKept}`,
    0,
    `$.${kind}`,
  );
  return { count: total?.n ?? 0, of: total?.rows ?? 0, examples: shown.examples };
}

/** Played matches without any of something. */
export function countMissing({ sqlite }: Database, what: 'statistics' | 'odds'): CheckCount {
  const has =
    what === 'statistics'
      ? 'EXISTS (SELECT 1 FROM match_statistics x WHERE x.match_id = m.id AND x.home_shots IS NOT NULL)'
      : `EXISTS (SELECT 1 FROM odds_quote q WHERE q.match_id = m.id AND q.market_id = 1)`;
  const rows = sqlite
    .prepare<[], { championship: string; missing: number; n: number }>(
      `SELECT c.name AS championship, sum(NOT ${has}) AS missing, count(*) AS n
       FROM match m ${withPlace} WHERE m.status = 'finished' GROUP BY c.id ORDER BY missing DESC`,
    )
    .all();
  return {
    count: rows.reduce((sum, { missing }) => sum + missing, 0),
    of: rows.reduce((sum, { n }) => sum + n, 0),
    examples: rows
      .filter(({ missing }) => missing > 0)
      .slice(0, examplesKept)
      .map(({ championship, missing, n }) => ({ championship, what: `${missing} / ${n}` })),
  };
}

/** Matches whose kick-off is known to the day alone. */
export function countDayOnly({ sqlite }: Database, of: number): CheckCount {
  const count =
    sqlite.prepare<[], number>(`SELECT count(*) FROM match WHERE kick_off_precision = 'day'`).pluck().get() ??
    0;
  return { count, of, examples: [] };
}

/** Mean and variance of a statistic of both teams together, season by season of each championship, as known by a day. */
export function readSeasonMeans(
  { sqlite }: Database,
  statistic: WatchedStatistic,
  until: Day = '9999-12-31',
): SeasonMean[] {
  return sqlite
    .prepare<[Day], SeasonMean>(
      `SELECT c.code, c.name AS championship, s.code AS season, count(*) AS n, avg(v) AS mean,
         (sum(v * v) - count(*) * avg(v) * avg(v)) / max(1, count(*) - 1) AS variance
       FROM (SELECT m.season_id, x.home_${statistic} + x.away_${statistic} AS v
             FROM match m JOIN match_statistics x ON x.match_id = m.id WHERE m.match_day <= ?) y
       JOIN season s ON s.id = y.season_id JOIN championship c ON c.id = s.championship_id
       WHERE v IS NOT NULL GROUP BY s.id ORDER BY c.code, s.first_year, s.code`,
    )
    .all(until);
}
