/** The three ways in which the price of an outcome is written. */
export const oddsFormats = ['decimal', 'fractional', 'american'] as const;
export type OddsFormat = (typeof oddsFormats)[number];

/**
 * A decimal price as a fraction in lowest terms: the simplest one whose price differs by less than half of one per
 * cent, as prices are written with few digits.
 *
 * @param decimal more than 1
 */
export function fractionOf(decimal: number): readonly [numerator: number, denominator: number] {
  const target = decimal - 1;
  for (let denominator = 1; denominator <= 1000; denominator++) {
    const numerator = Math.round(target * denominator);
    if (numerator > 0 && Math.abs(numerator / denominator - target) <= target * 0.005) {
      return [numerator, denominator];
    }
  }
  return [Math.max(1, Math.round(target * 1000)), 1000];
}

/** What is won on 100 when the price is at least 2, else, with a minus, what must be staked to win 100. */
export function americanOf(decimal: number): number {
  return decimal >= 2 ? Math.round((decimal - 1) * 100) : -Math.round(100 / (decimal - 1));
}
