const firstMs = 250;
const longestMs = 5000;

/**
 * How long to wait before the next try: it doubles from a quarter of a second to five seconds, with up to a quarter of
 * it at random on top, so that two tabs do not knock at once.
 *
 * @param random uniform in [0, 1)
 */
export function reconnectDelayMs(attempt: number, random: () => number = Math.random): number {
  return Math.min(longestMs, firstMs * 2 ** attempt) * (1 + random() / 4);
}
