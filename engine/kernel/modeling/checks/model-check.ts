import { logLossOf } from '../../evaluation/scores.ts';
import { gradeAbove, skipped } from './check.ts';
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
 * After training: a model without prices that is closer to the results than the market is suspected of a leak. More than 0.01
 * nats closer in mean log loss fails, anything above 0 warns.
 */
export function checkModelAgainstMarket({
  probabilities,
  market,
  outcomes,
  classes,
}: JudgedForecasts): CheckFinding {
  if (!market) return skipped('no market probabilities of the test part');
  let gain = 0;
  let rows = 0;
  for (let i = 0; i < outcomes.length; i++) {
    if (!(market[i * classes + outcomes[i]!]! > 0)) continue;
    gain +=
      logLossOf(market, i * classes, outcomes[i]!, classes) -
      logLossOf(probabilities, i * classes, outcomes[i]!, classes);
    rows++;
  }
  if (rows < 50) return skipped(`only ${rows} rows of the test part have a price`);
  const figure = gain / rows;
  return {
    status: gradeAbove(figure, { warnAbove: 0, failAbove: 0.01 }),
    figure,
    sentence: `On ${rows} rows with a price the model is ${Math.abs(figure).toFixed(4)} nats ${figure > 0 ? 'closer to the results than' : 'behind'} the market.`,
    detail: { rows, gain: figure },
  };
}
