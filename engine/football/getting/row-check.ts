import type { Instant } from '../../contract/domain.ts';
import { dayText } from '../../contract/zones.ts';
import type { KickOff } from './rules.ts';

/** Goals above this in one match are a slip of the pen. */
const mostGoals = 30;

export interface CheckedScore {
  /** In the order of `goalColumns`: full time, then half time; -1 where not given. */
  readonly goals: [number, number, number, number];
  readonly isPlayed: boolean;
  /** A remark that does not refuse the row. */
  readonly warning?: string;
}

/**
 * The goals of a row, from its texts.
 *
 * @param texts full-time goals, half-time goals, and the results that the source states beside them (`H`, `D`, `A` or empty)
 * @returns the score, or the reason (a sentence) for which the row is refused
 */
export function checkScore(texts: {
  home: string;
  away: string;
  result: string;
  homeHalfTime: string;
  awayHalfTime: string;
}): CheckedScore | string {
  const home = goalsOf(texts.home);
  const away = goalsOf(texts.away);
  if (home === undefined || away === undefined) {
    return `The score '${texts.home}' to '${texts.away}' is impossible.`;
  }
  if (home < 0 !== away < 0) return 'Only one of the two teams has goals.';
  const stated = texts.result.trim().toUpperCase();
  if (home < 0) {
    if (stated !== '') return `The result is given as '${stated}' but no goals are.`;
    return { goals: [-1, -1, -1, -1], isPlayed: false };
  }
  const actual = home > away ? 'H' : home < away ? 'A' : 'D';
  if (stated !== '' && stated !== actual) {
    return `The result '${stated}' disagrees with the score ${home}-${away}.`;
  }
  const homeHalf = goalsOf(texts.homeHalfTime);
  const awayHalf = goalsOf(texts.awayHalfTime);
  if (homeHalf === undefined || awayHalf === undefined || homeHalf < 0 !== awayHalf < 0) {
    return { goals: [home, away, -1, -1], isPlayed: true, warning: 'The half-time score is not readable.' };
  }
  if (homeHalf > home || awayHalf > away) {
    return `The half-time score ${homeHalf}-${awayHalf} is above the full-time score ${home}-${away}.`;
  }
  return { goals: [home, away, homeHalf, awayHalf], isPlayed: true };
}

/** -1 for an empty cell, undefined for what cannot be a number of goals. */
function goalsOf(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return -1;
  // "2.0" is how some tables write 2.
  const value = /^\d{1,2}([.,]0+)?$/.test(trimmed) ? Number.parseInt(trimmed, 10) : NaN;
  return value <= mostGoals ? value : undefined;
}

/** Why a result cannot be known yet, or undefined. */
export function futureResult(kickOff: KickOff, day: number, futureFrom: Instant): string | undefined {
  if (kickOff.instant < futureFrom) return undefined;
  return `The match of ${dayText(day)} has a result but has not been played yet.`;
}

/** Remembers the matches of one file and tells repeated ones. */
export function createDuplicateCheck(): (key: string, line: number) => string | undefined {
  const seen = new Map<string, number>();
  return (key, line) => {
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, line);
      return undefined;
    }
    return `The match stands on line ${first} already.`;
  };
}
