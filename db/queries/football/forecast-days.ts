import type { Day } from '../../../engine/contract/domain.ts';
import type { Database } from '../../client.ts';

/** A day with forecasts. */
export interface ForecastDay {
  readonly day: Day;
  readonly matches: number;
  readonly forecasts: number;
  /** Selected forecasts of any type. */
  readonly selected: number;
  readonly isComing: boolean;
  readonly published: readonly string[];
}

/** The days that have forecasts, the newest first. */
export function readForecastDays({ sqlite }: Database, limit: number): ForecastDay[] {
  return sqlite
    .prepare<[number], Omit<ForecastDay, 'isComing' | 'published'> & { isComing: 0 | 1; published: string }>(
      `SELECT match_day AS day, count(*) AS matches, sum(outcomeId IS NOT NULL) AS forecasts,
         sum((SELECT count(*) FROM statistic WHERE outcome_id = outcomeId)
           + (SELECT count(selection_family_id) FROM outcome_type WHERE outcome_id = outcomeId)) AS selected,
         max(status = 'scheduled') AS isComing,
         coalesce((SELECT json_group_array(DISTINCT kind) FROM document WHERE document.day = match_day), '[]') AS published
       FROM (SELECT match_day, status, (SELECT max(id) FROM outcome WHERE match_id = match.id) AS outcomeId FROM match)
       GROUP BY match_day HAVING forecasts > 0 ORDER BY match_day DESC LIMIT ?`,
    )
    .all(limit)
    .map((row) => ({
      ...row,
      isComing: row.isComing === 1,
      published: JSON.parse(row.published) as string[],
    }));
}
