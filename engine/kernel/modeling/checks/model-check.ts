import { logLossOf } from '../../evaluation/scores.ts';
import { gradeGain, pairedMean, skipped } from './check.ts';
import type { CheckFinding } from './check.ts';

/** Forecasts of one part beside the market's, both rows x classes. */
export interface JudgedForecasts {
  readonly probabilities: Float64Array;
  /** NaN where there was no price; undefined where there is no market. */
  readonly market: Float64Array | undefined;
  /** Class index of each row. */
  readonly outcomes: ArrayLike<number>;
  readonly classes: number;
}

export const modelCloserThanMarket = 'model-closer-than-market';

/**
 * After training: a model without prices that is closer to the results than the market is suspected of a leak. A gain of more
 * than 0.01 nats in mean log loss that is beyond chance fails, one of the two warns.
 */
export function checkModelAgainstMarket({
  probabilities,
  market,
  outcomes,
  classes,
}: JudgedForecasts): CheckFinding {
  if (!market) return skipped('no market probabilities of the test part');
  const gains: number[] = [];
  for (let i = 0; i < outcomes.length; i++) {
    const outcome = outcomes[i]!;
    if (!(market[i * classes + outcome]! > 0)) continue;
    gains.push(
      logLossOf(market, i * classes, outcome, classes) -
        logLossOf(probabilities, i * classes, outcome, classes),
    );
  }
  const rows = gains.length;
  if (rows < 50) return skipped(`only ${rows} rows of the test part have a price`);
  const paired = pairedMean(gains);
  const figure = paired.gain;
  return {
    status: gradeGain(paired),
    figure,
    sentence: `On ${rows} rows with a price the model is ${Math.abs(figure).toFixed(4)} nats ${figure > 0 ? 'closer to the results than' : 'behind'} the market.`,
    detail: { rows, ...paired },
  };
}
