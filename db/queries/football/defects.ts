/**
 * What counts as a defect of the data, said once: for the daily watch, which counts by championship, and for the report on
 * everything that is held, which shows the cases.
 */

/** A source has so many days to bring a result. */
export const graceDays = 4;

/** The same two clubs at the same ground within three days, of which `m` is the later row. */
export const isDuplicate = `EXISTS (SELECT 1 FROM match d WHERE d.season_id = m.season_id
  AND d.home_team_id = m.home_team_id AND d.away_team_id = m.away_team_id AND d.id < m.id
  AND d.status <> 'postponed' AND m.status <> 'postponed'
  AND abs(julianday(d.match_day) - julianday(m.match_day)) <= 3)`;

/** What the inverse prices of a single bookmaker's 1X2 quote `q` add up to. */
export const bookOf = '1 / q.price_1 + 1 / q.price_2 + 1 / q.price_3';

/** Of whom a book is judged: averages and best prices are nobody's offer. */
export const isJudgedBook = `b.kind IN ('bookmaker', 'exchange') AND q.price_3 IS NOT NULL`;

/** Bookmakers' prices add up to more than one, but not to much more. */
export const soundBooks = { low: 0.97, high: 1.3 } as const;

/** The counts of a match whose meaning a source may change from one season to the next. */
export const watchedStatistics = ['shots', 'shots_on_target', 'corners', 'fouls', 'yellow_cards'] as const;
export type WatchedStatistic = (typeof watchedStatistics)[number];

/** Mean and variance of both sides' counts together in a season. */
export interface SeasonMean {
  readonly code: string;
  readonly championship: string;
  readonly season: string;
  readonly n: number;
  readonly mean: number;
  readonly variance: number;
}
