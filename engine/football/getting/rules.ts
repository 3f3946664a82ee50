import type { Instant } from '../../contract/domain.ts';
import { instantOf } from '../../contract/zones.ts';

/**
 * The instants of matches, results and odds. All of them are rules of ours about what the sources leave open; they
 * err on the late side, so that nothing is taken as known before it was.
 */

const hourMs = 3_600_000;

export interface KickOff {
  readonly instant: Instant;
  readonly isKnown: boolean;
}

/**
 * The kick-off: the given time on the source's clock, or noon of the match day where there is none.
 *
 * @param day days since 1970-01-01, as the source writes it
 * @param minutes minutes after midnight on the source's clock; NaN where it gives no time
 */
export function kickOffOf(day: number, minutes: number, zones: { clock: string; day: string }): KickOff {
  return Number.isNaN(minutes)
    ? { instant: instantOf(day, 12 * 60, zones.day), isKnown: false }
    : { instant: instantOf(day, minutes, zones.clock), isKnown: true };
}

/**
 * When a result was known: three hours after a kick-off whose minute is known, else at the end of the match day in
 * the championship's zone; never before the match has begun.
 */
export function resultKnownAt(day: number, kickOff: KickOff, dayZone: string): Instant {
  if (kickOff.isKnown) return kickOff.instant + 3 * hourMs;
  return Math.max(instantOf(day + 1, 0, dayZone), kickOff.instant + 1);
}

const london = 'Europe/London';
const tuesday = 2;
const friday = 5;

/**
 * When football-data took a pre-match price. Its notes say: Friday afternoon for weekend games, Tuesday afternoon for
 * midweek games. So: the latest Tuesday or Friday 15:00 in London strictly before the kick-off. Where no time is given,
 * strictly before the match day begins, because the kick-off may be at any hour of it.
 *
 * A match on a Tuesday or Friday evening with a known kick-off thus has a price of that same afternoon, later than the
 * start of its match day: a forecast as of that start may not use it, one made in the evening may.
 */
export function collectionInstant(day: number, kickOff: KickOff, dayZone: string): Instant {
  const limit = kickOff.isKnown ? kickOff.instant : instantOf(day, 0, dayZone);
  for (let candidate = day + 1; ; candidate--) {
    const weekday = (((candidate + 4) % 7) + 7) % 7; // 1970-01-01 was a Thursday
    if (weekday !== tuesday && weekday !== friday) continue;
    const instant = instantOf(candidate, 15 * 60, london);
    if (instant < limit) return instant;
  }
}

/** Inverse sums of one bookmaker's prices that can be real; the best of many bookmakers may lie below 1. */
const inverseSum = { smallest: 0.97, smallestOfBest: 0.5, largest: 1.3 };
const largestPrice = 1001;

/**
 * Why a quote cannot be real, as the end of a sentence; undefined where nothing speaks against it.
 *
 * @param prices decimal odds of all selections of one market
 * @param isBest true for the best price of many bookmakers
 * @param winners how many of the selections win (2 for double chance)
 */
export function absurdity(prices: readonly number[], isBest: boolean, winners = 1): string | undefined {
  let sum = 0;
  for (const price of prices) {
    if (Number.isNaN(price)) return 'a price is missing';
    if (price <= 1) return `a price of ${price} is not above 1`;
    if (price > largestPrice) return `a price of ${price} is above ${largestPrice}`;
    sum += 1 / (price * winners);
  }
  const smallest = isBest ? inverseSum.smallestOfBest : inverseSum.smallest;
  if (sum < smallest) return `the inverse prices add up to ${sum.toFixed(3)}, below ${smallest}`;
  if (sum > inverseSum.largest) {
    return `the inverse prices add up to ${sum.toFixed(3)}, above ${inverseSum.largest}`;
  }
  return undefined;
}
