export interface Drawdown {
  /** Largest fall from an earlier peak, in the unit of the curve. */
  readonly depth: number;
  /** The same as a share of that peak; NaN where the peak is not positive. */
  readonly share: number;
  /** Positions of the peak and of the bottom of that fall. */
  readonly from: number;
  readonly to: number;
  /** Longest stretch of steps below an earlier peak. */
  readonly longestUnderWater: number;
}

/** The deepest fall of an equity curve and its longest time under water. */
export function maximumDrawdown(equity: ArrayLike<number>): Drawdown {
  let peak = 0;
  let from = 0;
  let to = 0;
  let depth = 0;
  let longest = 0;
  for (let i = 0; i < equity.length; i++) {
    if (equity[i]! >= equity[peak]!) {
      peak = i;
      continue;
    }
    longest = Math.max(longest, i - peak);
    if (equity[peak]! - equity[i]! > depth) {
      depth = equity[peak]! - equity[i]!;
      from = peak;
      to = i;
    }
  }
  const top = equity[from] ?? 0;
  return { depth, share: top > 0 ? depth / top : NaN, from, to, longestUnderWater: longest };
}

/** Most bets in a row that returned less than their stake; a void bet neither adds nor ends. */
export function longestLosingRun(returns: ArrayLike<number>): number {
  let run = 0;
  let longest = 0;
  for (let i = 0; i < returns.length; i++) {
    if (returns[i]! < 1) longest = Math.max(longest, ++run);
    else if (returns[i]! > 1) run = 0;
  }
  return longest;
}
