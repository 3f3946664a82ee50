import { AppError } from '../../../contract/errors.ts';
import { sigmoid, softplus } from '../../math/softmax.ts';
import { numberParameter, totalWeight } from './loss.ts';
import type { Loss, LossBatch, LossDerivatives, LossParameters } from './loss.ts';
import { singleScoreLoss } from './per-row.ts';

/**
 * Directional loss: l = |y| log(1 + e^(-k sign(y) s)) on the signed move y: the logistic stand-in for "wrong sign times
 * size of the move", which a sign function could not train. Exact Hessian. `steepness` k default 1.
 */
export function directional(parameters: LossParameters = {}): Loss {
  const steepness = numberParameter(parameters, 'steepness', { fallback: 1, min: 0.01, max: 100 });
  return singleScoreLoss(
    {
      name: 'directional',
      family: 'betting',
      parameters: { steepness },
      hessianKind: 'exact',
      biasesProbabilities: true,
    },
    (score, move, out) => {
      const margin = steepness * Math.sign(move) * score;
      const wrong = sigmoid(-margin);
      const size = Math.abs(move);
      out.first = -steepness * Math.sign(move) * size * wrong;
      out.second = steepness * steepness * size * wrong * (1 - wrong);
      return size * softplus(-margin);
    },
    (scores) => scores.map((score) => Math.tanh(score)),
  );
}

/** How the mean m and variance v of the row profits become a loss. `slope` and `bend` are derivatives in one row's profit of share a. */
interface Objective {
  value(mean: number, variance: number): number;
  slope(excess: number, mean: number, variance: number): number;
  /** A bound of |second derivative| / a in one row's profit. */
  bend(at: { share: number; excess: number; mean: number; variance: number }): number;
}

/**
 * A loss on what a stake would have earned. With `prices` (decimal odds recorded at the forecast, rows x outputs) output k
 * stakes sigmoid(s_k) on class k and the row earns sum_k stake_k (1{y = k} odds_k - 1 - cost). With `returns` the one output
 * holds tanh(s) and earns tanh(s) r - cost tanh(s)^2. Neither given is an error: no profit without a recorded price.
 */
function profitLoss(name: string, parameters: LossParameters, objective: Objective): Loss {
  const cost = numberParameter(parameters, 'cost', { fallback: 0, min: 0, max: 1 });
  return {
    name,
    family: 'betting',
    parameters: { ...parameters, cost },
    hessianKind: 'upper-bound',
    biasesProbabilities: true,
    outputs: (classes) => Math.max(1, classes),
    predict: (scores, rows) =>
      scores.length === rows ? scores.map((s) => Math.tanh(s)) : scores.map((s) => sigmoid(s)),
    evaluate(batch: LossBatch, out?: LossDerivatives) {
      const { target, weights } = batch;
      const rows = target.length;
      const outputs = batch.scores.length / rows;
      const earned = rowProfits(name, batch, cost);
      const total = totalWeight(batch);
      let mean = 0;
      for (let i = 0; i < rows; i++) mean += ((weights ? weights[i]! : 1) * earned.profit[i]!) / total;
      let variance = 0;
      for (let i = 0; i < rows; i++)
        variance += ((weights ? weights[i]! : 1) * (earned.profit[i]! - mean) ** 2) / total;
      if (out) {
        for (let i = 0; i < rows; i++) {
          const weight = weights ? weights[i]! : 1;
          const excess = earned.profit[i]! - mean;
          const slope = objective.slope(excess, mean, variance);
          const bend = objective.bend({ share: weight / total, excess, mean, variance });
          for (let at = i * outputs; at < (i + 1) * outputs; at++) {
            const lever = earned.slope[at]!;
            out.gradient[at] = weight * slope * lever;
            out.hessian[at] = weight * (Math.abs(slope) * earned.curvature[at]! + bend * lever * lever);
          }
        }
      }
      return objective.value(mean, variance);
    },
  };
}

/** Each row's profit, its slope in each score, and a bound of the size of its second derivative. */
function rowProfits(name: string, batch: LossBatch, cost: number) {
  const { scores, target, prices, returns } = batch;
  const rows = target.length;
  const outputs = scores.length / rows;
  const profit = new Float64Array(rows);
  const slope = new Float64Array(scores.length);
  const curvature = new Float64Array(scores.length);
  if (prices) {
    for (let at = 0; at < scores.length; at++) {
      const row = Math.floor(at / outputs);
      const odds = prices[at]!;
      if (Number.isNaN(odds)) continue;
      const gain = (target[row] === at % outputs ? odds : 0) - 1 - cost;
      const stake = sigmoid(scores[at]!);
      profit[row]! += stake * gain;
      slope[at] = stake * (1 - stake) * gain;
      curvature[at] = Math.abs(slope[at]!);
    }
  } else if (returns && outputs === 1) {
    for (let row = 0; row < rows; row++) {
      const position = Math.tanh(scores[row]!);
      const spread = 1 - position * position;
      profit[row] = position * returns[row]! - cost * position * position;
      slope[row] = spread * (returns[row]! - 2 * cost * position);
      curvature[row] = 2 * spread * (Math.abs(returns[row]!) + 2 * cost);
    }
  } else {
    throw new AppError(
      'CONFIGURATION_INVALID',
      `${name}: needs the recorded prices (rows x outputs) or returns (one output)`,
      {
        detail: { name },
      },
    );
  }
  return { profit, slope, curvature };
}

/** Minus the mean profit at the recorded price. `cost` per unit staked, default 0. */
export function profit(parameters: LossParameters = {}): Loss {
  return profitLoss('profit', parameters, { value: (mean) => -mean, slope: () => -1, bend: () => 0 });
}

/** Variances below this count as this, so that a constant profit has a finite ratio. */
const varianceFloor = 1e-6;

/**
 * Minus the Sharpe ratio (1966) of the row profits, m / sqrt(v + 1e-6); slope in one profit of share a:
 * a (-1/d + m (R - m)/d^3), d the denominator.
 */
export function sharpe(parameters: LossParameters = {}): Loss {
  const deviation = (variance: number) => Math.sqrt(variance + varianceFloor);
  return profitLoss('sharpe', parameters, {
    value: (mean, variance) => -mean / deviation(variance),
    slope(excess, mean, variance) {
      const d = deviation(variance);
      return -1 / d + (mean * excess) / d ** 3;
    },
    bend({ share, excess, mean, variance }) {
      const d = deviation(variance);
      const size = Math.abs(mean);
      return (2 * share * Math.abs(excess) + size) / d ** 3 + (3 * share * size * excess * excess) / d ** 5;
    },
  });
}

/** Mean-variance utility (Markowitz 1952): -(m - l v / 2). `riskAversion` l default 1. */
export function riskAdjustedProfit(parameters: LossParameters = {}): Loss {
  const riskAversion = numberParameter(parameters, 'riskAversion', { fallback: 1, min: 0, max: 1e4 });
  return profitLoss(
    'risk-adjusted-profit',
    { ...parameters, riskAversion },
    {
      value: (mean, variance) => -(mean - 0.5 * riskAversion * variance),
      slope: (excess) => -1 + riskAversion * excess,
      bend: () => riskAversion,
    },
  );
}
