import type { VennAbersState } from '../modeling/calibration/venn-abers.ts';
import { createVennAbers, fitVennAbers } from '../modeling/calibration/venn-abers.ts';

/**
 * The least range that holds the probability shown and both Venn-Abers probabilities of the class, of which one is right
 * (Vovk & Petej 2014). So what is shown never lies beside its own range, and the pair's validity is kept, as a wider
 * range keeps it. The pair alone would not do: its width says what one more row could change, not how far isotonic
 * regression on so many rows is from the truth, and that is several times as much. For display; no point probability.
 */
export interface ProbabilityRange {
  readonly low: number;
  readonly high: number;
  /** Fair odds: 1 / high to 1 / low; Infinity where the probability may be 0. */
  readonly shortestOdds: number;
  readonly longestOdds: number;
}

export interface RangePredictor {
  /** Rows that it rests on. */
  readonly n: number;
  /** Of the probabilities shown, one a class. */
  ranges(probabilities: ArrayLike<number>, offset?: number): ProbabilityRange[];
  save(): readonly VennAbersState[];
}

/**
 * Venn-Abers ranges of each class against the rest, from row-major probabilities and outcomes of a part that
 * trained nothing.
 */
export function fitProbabilityRanges(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  classes = 3,
): RangePredictor {
  const states = Array.from({ length: classes }, (_, k) =>
    fitVennAbers(
      Float64Array.from({ length: outcomes.length }, (_, i) => probabilities[i * classes + k]!),
      Float64Array.from({ length: outcomes.length }, (_, i) => (outcomes[i] === k ? 1 : 0)),
    ),
  );
  const predictors = states.map(createVennAbers);
  const pair = new Float64Array(2);
  return {
    n: outcomes.length,
    ranges: (row, offset = 0) =>
      predictors.map((predictor, k) => {
        const shown = row[offset + k]!;
        predictor.predict(shown, pair);
        const low = Math.min(shown, pair[0]!);
        const high = Math.max(shown, pair[1]!);
        return { low, high, shortestOdds: 1 / high, longestOdds: 1 / low };
      }),
    save: () => states,
  };
}
