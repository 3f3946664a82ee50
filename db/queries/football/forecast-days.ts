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

/** A championship that has forecasts. */
export interface ForecastChampionship {
  readonly code: string;
  readonly name: string;
  readonly country: string;
  readonly isSample: boolean;
}

export function readForecastChampionships({ sqlite }: Database): ForecastChampionship[] {
  return sqlite
    .prepare<[], Omit<ForecastChampionship, 'isSample'> & { isSample: 0 | 1 }>(
      `SELECT championship.code, championship.name, country.name AS country, championship.is_sample AS isSample
       FROM championship JOIN country ON country.id = championship.country_id
       WHERE EXISTS (SELECT 1 FROM season JOIN match ON match.season_id = season.id
                     JOIN outcome ON outcome.match_id = match.id WHERE season.championship_id = championship.id)
       ORDER BY country.name, championship.tier, championship.code`,
    )
    .all()
    .map((row) => ({ ...row, isSample: row.isSample === 1 }));
}

/** The last day with a forecast that is settled, and the last with any; null without forecasts. */
export function readForecastBounds({ sqlite }: Database): {
  readonly lastSettled: Day | null;
  readonly last: Day | null;
} {
  const last = (condition: string): Day | null =>
    sqlite
      .prepare<[], Day>(
        `SELECT match_day FROM match WHERE ${condition}
           EXISTS (SELECT 1 FROM outcome WHERE outcome.match_id = match.id) ORDER BY match_day DESC LIMIT 1`,
      )
      .pluck()
      .get() ?? null;
  return { lastSettled: last("status = 'finished' AND"), last: last('') };
}
