import type { Sport } from '../../contract/domain.ts';

/** What a league gives for a match. */
interface PointRule {
  readonly win: number;
  readonly draw: number;
  /** On top of the draw's, to whoever wins what follows a drawn regular time (overtime or shoot-out). */
  readonly decider: number;
}

/**
 * Points by sport. In ice hockey three points are shared out in every match (IIHF Statutes and Bylaws, "three-point
 * system"): three for a win in regular time, else one each and one more for the winner of overtime or shoot-out.
 */
export const pointRules = {
  football: { win: 3, draw: 1, decider: 0 },
  'ice-hockey': { win: 3, draw: 1, decider: 1 },
} as const satisfies Record<Sport, PointRule>;
