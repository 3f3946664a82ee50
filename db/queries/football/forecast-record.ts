import type { Day } from '../../../engine/contract/domain.ts';
import type { Database } from '../../client.ts';
import { shownForecast } from './publisher.ts';

/** A settled forecast with everything that its record is made of. */
export interface RecordedForecast {
  readonly season: string;
  readonly day: Day;
  readonly origin: 'live' | 'replay';
  readonly homeId: number;
  readonly awayId: number;
  readonly pHome: number;
  readonly pDraw: number;
  readonly pAway: number;
  readonly result: 0 | 1 | 2;
  readonly set80: number | null;
  readonly set90: number | null;
  readonly oddsHome: number | null;
  readonly oddsDraw: number | null;
  readonly oddsAway: number | null;
}

/** The settled forecasts of a championship, or of a team's matches, in order of time. */
export function readRecordedForecasts(
  { sqlite }: Database,
  of: { readonly championshipId: number } | { readonly teamId: number },
): RecordedForecast[] {
  const [from, where] =
    'teamId' in of
      ? [
          'match JOIN season ON season.id = match.season_id',
          'match.id IN (SELECT id FROM match WHERE home_team_id = @id UNION ALL SELECT id FROM match WHERE away_team_id = @id)',
        ]
      : ['season CROSS JOIN match ON match.season_id = season.id', 'season.championship_id = @id'];
  return sqlite
    .prepare<[{ id: number; forecastType: string }], RecordedForecast>(
      `SELECT season.code AS season, match.match_day AS day, shown.origin, match.home_team_id AS homeId,
         match.away_team_id AS awayId, shown.home AS pHome, shown.draw AS pDraw, shown.away AS pAway,
         1 - sign(match.home_goals - match.away_goals) AS result, shown.set_80 AS set80, shown.set_90 AS set90,
         shown.price_home AS oddsHome, shown.price_draw AS oddsDraw, shown.price_away AS oddsAway
       FROM ${from} CROSS JOIN outcome AS shown ON shown.id = ${shownForecast}
       WHERE ${where} AND match.status = 'finished' ORDER BY match.match_day, match.id`,
    )
    .all({ id: 'teamId' in of ? of.teamId : of.championshipId, forecastType: '1x2' });
}
