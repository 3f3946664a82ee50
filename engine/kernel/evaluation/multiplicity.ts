/** Corrections for having looked at many things. */

/**
 * Holm's (1979) step-down adjusted p-values, in the order given: reject those at most `level` and the chance
 * of even one false rejection is at most `level`, whatever the dependence. `tried` (default: how many are
 * given) counts trials that are not listed.
 */
export function holmAdjusted(pValues: ArrayLike<number>, tried = pValues.length): Float64Array {
  const order = Array.from(pValues, (_, i) => i).sort((a, b) => pValues[a]! - pValues[b]!);
  const adjusted = new Float64Array(pValues.length);
  let running = 0;
  order.forEach((at, rank) => {
    running = Math.max(running, Math.min(1, (Math.max(tried, pValues.length) - rank) * pValues[at]!));
    adjusted[at] = running;
  });
  return adjusted;
}

/**
 * Benjamini & Hochberg's (1995) adjusted p-values: reject those at most q and the expected share of false
 * ones is at most q.
 */
export function falseDiscoveryAdjusted(pValues: ArrayLike<number>): Float64Array {
  const n = pValues.length;
  const order = Array.from(pValues, (_, i) => i).sort((a, b) => pValues[b]! - pValues[a]!);
  const adjusted = new Float64Array(n);
  let running = 1;
  order.forEach((at, position) => {
    running = Math.min(running, (pValues[at]! * n) / (n - position));
    adjusted[at] = running;
  });
  return adjusted;
}
