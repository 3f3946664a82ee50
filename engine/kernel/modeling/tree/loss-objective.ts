import { AppError } from '../../../contract/errors.ts';
import { lossNames, createLoss } from '../losses/registry.ts';
import type { Loss, LossBatch, LossParameters } from '../losses/loss.ts';
import type { Objective, ScoredRows } from './objectives.ts';
import { weightedMean, weightedQuantile } from './objectives.ts';

/** What goes before a name of the loss registry where an objective is asked for. */
export const lossPrefix = 'loss:';

/** Losses that need no prices, returns or groups, which `fit` does not carry. */
export const lossObjectiveNames: readonly string[] = lossNames
  .filter((name) => ['classification', 'ordinal', 'regression'].includes(createLoss(name).family))
  .map((name) => lossPrefix + name);

const leastHessian = 1e-16;

/** A loss of the registry as an objective to boost: its gradient, its (bounded) Hessian and its link. */
export function lossObjective(name: string, parameters: LossParameters): Objective {
  const loss = createLoss(name.slice(lossPrefix.length), parameters);
  const task = loss.family === 'regression' ? 'regression' : 'classification';
  return {
    name,
    task,
    metric: loss.name,
    outputs(classes) {
      const outputs = loss.outputs(classes);
      if (task === 'classification' && classes > 1) {
        const columns = loss.predict(new Float64Array(outputs), 1).length;
        if (columns !== classes) {
          throw new AppError(
            'CONFIGURATION_INVALID',
            `${name} forecasts ${columns} classes, the target has ${classes}`,
          );
        }
      }
      return Math.max(1, outputs);
    },
    baseScores: (target, weights, classes) => constantScores(loss, { target, weights, classes }),
    scoreOfBase: (base) => base,
    derivatives(at, gradient, hessian) {
      const { rows, outputs, stride } = at;
      const derivatives = {
        gradient: new Float64Array(rows * outputs),
        hessian: new Float64Array(rows * outputs),
      };
      loss.evaluate(toBatch(at), derivatives);
      for (let i = 0, from = 0; i < rows; i++) {
        for (let k = 0; k < outputs; k++, from++) {
          gradient[k * stride + i] = derivatives.gradient[from]!;
          hessian[k * stride + i] = Math.max(leastHessian, derivatives.hessian[from]!);
        }
      }
    },
    predict(scores, classes) {
      if (task === 'classification' && classes === 1) return new Float64Array(scores.length).fill(1);
      return loss.predict(scores, scores.length / Math.max(1, loss.outputs(classes)));
    },
    loss: (at) => loss.evaluate(toBatch(at)),
    ...leafValueOf(loss),
  };
}

function toBatch({ scores, stride, target, weights, rows, outputs }: ScoredRows): LossBatch {
  const inRows = new Float64Array(rows * outputs);
  for (let k = 0; k < outputs; k++) {
    for (let i = 0; i < rows; i++) inRows[i * outputs + k] = scores[k * stride + i]!;
  }
  return { scores: inRows, target: target.subarray(0, rows), weights: weights.subarray(0, rows) };
}

/** Losses whose gradient only tells the side take the quantile of a leaf's residuals (Friedman 2001). */
function leafValueOf({ name, parameters }: Loss): Pick<Objective, 'leafValue'> {
  if (name !== 'absolute-error' && name !== 'quantile') return {};
  const level = name === 'quantile' ? Number(parameters['quantile']) : 0.5;
  return { leafValue: (residuals, weights) => weightedQuantile(residuals, weights, level) };
}

/** The scores of the best constant forecast (0 for losses that bias): damped Newton steps on one row of scores that all rows share. */
function constantScores(
  loss: Loss,
  {
    target,
    weights,
    classes,
  }: { readonly target: Float64Array; readonly weights: Float64Array; readonly classes: number },
): Float64Array {
  const outputs = Math.max(1, loss.outputs(classes));
  const constant = new Float64Array(outputs);
  // The best constant of a decision loss calls one class for certain, where no gradient leads away from.
  if (classes === 1 || loss.biasesProbabilities) return constant;
  const { leafValue } = leafValueOf(loss);
  if (leafValue) return constant.fill(leafValue(target, weights));
  if (loss.family === 'regression') {
    const mean = weightedMean(target, weights);
    constant.fill(loss.name === 'poisson' ? Math.log(Math.max(1e-6, mean)) : mean);
  }
  const rows = target.length;
  const scores = new Float64Array(rows * outputs);
  const derivatives = {
    gradient: new Float64Array(rows * outputs),
    hessian: new Float64Array(rows * outputs),
  };
  for (let step = 0; step < 50; step++) {
    for (let at = 0; at < scores.length; at++) scores[at] = constant[at % outputs]!;
    loss.evaluate({ scores, target, weights }, derivatives);
    let largest = 0;
    for (let k = 0; k < outputs; k++) {
      let gradient = 0;
      let hessian = leastHessian;
      for (let at = k; at < scores.length; at += outputs) {
        gradient += derivatives.gradient[at]!;
        hessian += derivatives.hessian[at]!;
      }
      // Outputs of a softmax move together; half a step keeps them from overshooting.
      const change = Math.max(-1, Math.min(1, (0.5 * gradient) / hessian));
      constant[k]! -= change;
      largest = Math.max(largest, Math.abs(change));
    }
    if (largest < 1e-9) break;
  }
  // A class that never came would run away.
  return constant.map((score) => (loss.family === 'regression' ? score : Math.max(-14, Math.min(14, score))));
}
