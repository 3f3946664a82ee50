import type { MatchStatus, Sport } from '../../contract/domain.ts';

/** As the database names them. */
export const sportNames = {
  football: 'Football',
  'ice-hockey': 'Ice hockey',
} as const satisfies Record<Sport, string>;

export type Score = readonly [home: number, away: number];

/** How a match ended. Half of a score is never kept: 0 is a number of goals like any other. */
export interface MatchResult {
  readonly status: MatchStatus;
  /** After regular time: 90 minutes, or three periods. */
  readonly regular?: Score | undefined;
  /** After extra time, the goals of regular time included; absent where none was played. */
  readonly extraTime?: Score | undefined;
  /** Of the shoot-out: only who has more counts, so the shots alone do as well as a final score. */
  readonly shootOut?: Score | undefined;
}

/** What a market is settled on. */
export type Period = 'regular' | 'extra-time' | 'shoot-out';

/**
 * What each status does to every bet, whatever the market:
 * - scheduled: still to be played;
 * - finished: settled by the score;
 * - awarded (a walkover too): the score was decided at a table, not played, so all stakes go back;
 * - abandoned: the score at the break is not a result, even for lines it had already passed;
 * - postponed: not played on the day the forecast was made for; the new date is forecast anew;
 * - cancelled: never played.
 */
export const statusRules = {
  scheduled: 'pending',
  finished: 'settled',
  awarded: 'void',
  abandoned: 'void',
  postponed: 'void',
  cancelled: 'void',
} as const satisfies Record<MatchStatus, 'pending' | 'settled' | 'void'>;

/**
 * The score that a period's markets go by; undefined without a regular-time score. A shoot-out gives its winner one goal
 * in ice hockey; in football it only says who goes through, and never changes a score.
 */
export function scoreOf(result: MatchResult, sport: Sport, period: Period): Score | undefined {
  if (period === 'regular' || !result.regular) return result.regular;
  const [home, away] = result.extraTime ?? result.regular;
  if (period === 'extra-time' || sport === 'football' || !result.shootOut) return [home, away];
  const [homeShots, awayShots] = result.shootOut;
  return [home + (homeShots > awayShots ? 1 : 0), away + (awayShots > homeShots ? 1 : 0)];
}
