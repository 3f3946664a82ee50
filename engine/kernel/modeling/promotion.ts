import type { PromotionDecision } from '../../contract/models.ts';
import { pairedDifference } from '../evaluation/paired.ts';
import { mean } from '../math/summary.ts';

/** Log losses of the same matches, row by row, on a period later than anything either model was trained or chosen on. */
export interface PromotionEvidence {
  /** Match day of each row, `YYYY-MM-DD`: matches of a day are drawn together. */
  readonly days: readonly string[];
  readonly challenger: ArrayLike<number>;
  /** Undefined where there is no champion yet. */
  readonly champion?: ArrayLike<number> | undefined;
  /** Of the closing market; NaN where no closing price is held. */
  readonly close?: ArrayLike<number> | undefined;
}

export type PromotionRules = PromotionDecision['rules'];

/**
 * What the gate goes by. The tolerance is in log loss: what a challenger may at most be worse by, at the upper end of the
 * interval, and still count as no regression.
 */
const promotionRules: PromotionRules = {
  tolerance: 0.002,
  confidence: 0.95,
  minimumMatches: 100,
  minimumDays: 20,
  leakMargin: 0.01,
  draws: 2000,
  seed: 20_160_813,
};

/**
 * Whether a challenger may take the champion's place: only where the block-bootstrap interval (by match day) of the mean
 * paired difference in log loss, challenger minus champion, ends at or below the tolerance, and where the challenger does not
 * beat the closing market by more than the leak margin. Without a champion the first comer takes the place, leaks excepted.
 * A refusal is an answer with the same figures, not an error.
 */
export function decidePromotion(
  evidence: PromotionEvidence,
  options: Partial<PromotionRules> = {},
): PromotionDecision {
  const rules = { ...promotionRules, ...options };
  const { challenger, champion, days } = evidence;
  const sortedDays = [...new Set(days)].sort();
  const close = closeFigures(evidence);
  const difference =
    champion && challenger.length > 0
      ? finiteFigures(
          pairedDifference({ a: challenger, b: champion }, days, {
            draws: rules.draws,
            confidence: rules.confidence,
            seed: rules.seed,
          }),
        )
      : null;
  const reason = reasonOf();
  return {
    promoted: reason === 'first' || reason === 'no-regression',
    reason,
    from: sortedDays[0] ?? null,
    until: sortedDays.at(-1) ?? null,
    matches: challenger.length,
    days: sortedDays.length,
    challengerLoss: meanOrNull(challenger),
    championLoss: champion ? meanOrNull(champion) : null,
    difference,
    close,
    rules,
  };

  function reasonOf(): PromotionDecision['reason'] {
    if (close && close.marketLoss - close.challengerLoss > rules.leakMargin) return 'leak-alarm';
    if (!champion) return 'first';
    if (challenger.length < rules.minimumMatches || sortedDays.length < rules.minimumDays) {
      return 'too-few-matches';
    }
    // A loss that is infinite or no number has no interval, and nothing gets through without one.
    return difference && difference.high <= rules.tolerance ? 'no-regression' : 'regression';
  }
}

function closeFigures({ challenger, close }: PromotionEvidence): PromotionDecision['close'] {
  if (!close) return null;
  let matches = 0;
  let marketSum = 0;
  let challengerSum = 0;
  for (let i = 0; i < close.length; i++) {
    if (Number.isNaN(close[i]!)) continue;
    matches++;
    marketSum += close[i]!;
    challengerSum += challenger[i]!;
  }
  if (matches === 0) return null;
  return { matches, marketLoss: marketSum / matches, challengerLoss: challengerSum / matches };
}

function meanOrNull(values: ArrayLike<number>): number | null {
  const value = values.length > 0 ? mean(values) : Number.NaN;
  return Number.isFinite(value) ? value : null;
}

/** JSON holds no infinities, and draws that are no number were left out of the interval: then there are no figures. */
function finiteFigures(difference: ReturnType<typeof pairedDifference>): PromotionDecision['difference'] {
  const { value, low, high, standardError, pValue } = difference;
  const figures = { value, low, high, standardError, pValue };
  return Object.values(figures).every(Number.isFinite) ? figures : null;
}
