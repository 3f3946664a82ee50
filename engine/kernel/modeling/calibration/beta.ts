import { minimize } from '../../math/optimize/lbfgs.ts';
import { sigmoid, softplus } from '../../math/softmax.ts';
import type { CalibrationMethod } from './calibrator.ts';
import { applyEachClass, fitEachClass } from './one-against-rest.ts';
import type { BinarySample } from './one-against-rest.ts';

const floor = 1e-12;

/** log odds = a ln p - b ln(1 - p) + c, a and b not negative. */
export interface BetaState {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/**
 * Beta calibration (Kull, Silva Filho & Flach 2017) of each class against the rest, normalised. As in the
 * paper, a slope that would be negative is set to 0 and the others are fitted again; a ridge of a thousandth
 * of a row keeps a separated sample finite.
 */
export const beta: CalibrationMethod<readonly BetaState[]> = {
  name: 'beta',
  fit: (sample) => fitEachClass(sample, fitBetaCurve),
  apply: (states) =>
    applyEachClass(
      states.map(({ a, b, c }) => (p) => {
        const inside = Math.min(Math.max(p, floor), 1 - floor);
        return sigmoid(a * Math.log(inside) - b * Math.log1p(-inside) + c);
      }),
    ),
};

function fitBetaCurve(sample: BinarySample): BetaState {
  const free = fitWith(sample, [true, true]);
  if (free.a >= 0 && free.b >= 0) return free;
  const one = fitWith(sample, free.a < free.b ? [false, true] : [true, false]);
  return one.a >= 0 && one.b >= 0 ? one : fitWith(sample, [false, false]);
}

function fitWith(sample: BinarySample, [useA, useB]: readonly [boolean, boolean]): BetaState {
  const { probabilities, events, weights } = sample;
  const n = events.length;
  const up = probabilities.map((p) => (useA ? Math.log(Math.max(p, floor)) : 0));
  const down = probabilities.map((p) => (useB ? -Math.log1p(-Math.min(p, 1 - floor)) : 0));
  const { x } = minimize(
    (x, gradient) => {
      let loss = 0;
      for (let j = 0; j < 3; j++) {
        const away = x[j]! - (j === 2 ? 0 : 1);
        gradient[j] = 1e-3 * away;
        loss += 0.5e-3 * away * away;
      }
      for (let i = 0; i < n; i++) {
        const weight = weights ? weights[i]! : 1;
        const z = x[0]! * up[i]! + x[1]! * down[i]! + x[2]!;
        loss += weight * (softplus(z) - events[i]! * z);
        const residual = weight * (sigmoid(z) - events[i]!);
        gradient[0]! += residual * up[i]!;
        gradient[1]! += residual * down[i]!;
        gradient[2]! += residual;
      }
      return loss;
    },
    Float64Array.of(1, 1, 0),
    { tolerance: 1e-9 * Math.max(1, n) },
  );
  return { a: useA ? x[0]! : 0, b: useB ? x[1]! : 0, c: x[2]! };
}
