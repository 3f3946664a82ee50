import { identityLink, numberParameter } from './loss.ts';
import type { HessianKind, Loss, LossParameters } from './loss.ts';
import { singleScoreLoss } from './per-row.ts';
import type { RowDerivative } from './per-row.ts';

function regressionLoss(
  name: string,
  parameters: LossParameters,
  definition: { hessianKind: HessianKind; row(score: number, target: number, out: RowDerivative): number },
): Loss {
  const traits = { name, family: 'regression' as const, parameters, biasesProbabilities: false };
  return singleScoreLoss({ ...traits, hessianKind: definition.hessianKind }, definition.row, identityLink);
}

/** Half the squared error: (s - y)^2 / 2, so that g = s - y and h = 1, as XGBoost's `reg:squarederror`. */
export function squaredError(): Loss {
  return regressionLoss(
    'squared-error',
    {},
    {
      hessianKind: 'exact',
      row(score, target, out) {
        const error = score - target;
        out.first = error;
        out.second = 1;
        return 0.5 * error * error;
      },
    },
  );
}

/** Absolute error |s - y|; curvature 1 stands in for the true 0. */
export function absoluteError(): Loss {
  return regressionLoss(
    'absolute-error',
    {},
    {
      hessianKind: 'upper-bound',
      row(score, target, out) {
        const error = score - target;
        out.first = Math.sign(error);
        out.second = 1;
        return Math.abs(error);
      },
    },
  );
}

/** Huber (1964): e^2/2 where |e| <= d, else d |e| - d^2/2; curvature min(1, d/|e|), that of the quadratic that touches from above. `delta` default 1. */
export function huber(parameters: LossParameters = {}): Loss {
  const delta = numberParameter(parameters, 'delta', { fallback: 1, min: 1e-6, max: 1e9 });
  return regressionLoss(
    'huber',
    { delta },
    {
      hessianKind: 'upper-bound',
      row(score, target, out) {
        const error = score - target;
        const size = Math.abs(error);
        out.first = size <= delta ? error : delta * Math.sign(error);
        out.second = size <= delta ? 1 : delta / size;
        return size <= delta ? 0.5 * error * error : delta * size - 0.5 * delta * delta;
      },
    },
  );
}

/** log cosh(e); g = tanh e; curvature tanh(e)/e >= sech^2 e, that of the quadratic that touches from above. */
export function logCosh(): Loss {
  return regressionLoss(
    'log-cosh',
    {},
    {
      hessianKind: 'upper-bound',
      row(score, target, out) {
        const error = score - target;
        const size = Math.abs(error);
        out.first = Math.tanh(error);
        out.second = size < 1e-4 ? 1 - (error * error) / 3 : out.first / error;
        return size + Math.log1p(Math.exp(-2 * size)) - Math.LN2;
      },
    },
  );
}

/** Pinball loss (Koenker and Bassett 1978): q e where e = y - s >= 0, else (q - 1) e; curvature 1 for the true 0. `quantile` default 0.5. */
export function quantile(parameters: LossParameters = {}): Loss {
  const level = numberParameter(parameters, 'quantile', { fallback: 0.5, min: 0.001, max: 0.999 });
  return regressionLoss(
    'quantile',
    { quantile: level },
    {
      hessianKind: 'upper-bound',
      row(score, target, out) {
        const error = target - score;
        out.first = error >= 0 ? -level : 1 - level;
        out.second = 1;
        return error >= 0 ? level * error : (level - 1) * error;
      },
    },
  );
}

/** Expectile (Newey and Powell 1987): w e^2 / 2 with e = y - s, w = t where e > 0, else 1 - t. `level` t default 0.5. */
export function expectile(parameters: LossParameters = {}): Loss {
  const level = numberParameter(parameters, 'level', { fallback: 0.5, min: 0.001, max: 0.999 });
  return regressionLoss(
    'expectile',
    { level },
    {
      hessianKind: 'exact',
      row(score, target, out) {
        const error = target - score;
        const weight = error > 0 ? level : 1 - level;
        out.first = -weight * error;
        out.second = weight;
        return 0.5 * weight * error * error;
      },
    },
  );
}

/** Half the Poisson deviance with log link: y log(y/m) - y + m, m = e^s; g = m - y; h = m, exact. Targets >= 0. */
export function poisson(): Loss {
  const loss = regressionLoss(
    'poisson',
    {},
    {
      hessianKind: 'exact',
      row(score, target, out) {
        const mean = Math.exp(score);
        out.first = mean - target;
        out.second = mean;
        return (target > 0 ? target * (Math.log(target) - score) : 0) - target + mean;
      },
    },
  );
  return { ...loss, predict: (scores) => scores.map(Math.exp) };
}
