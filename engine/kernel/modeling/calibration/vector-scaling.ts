import { minimize } from '../../math/optimize/lbfgs.ts';
import type { CalibrationMethod } from './calibrator.ts';

const floor = 1e-15;

export interface VectorScalingState {
  readonly scale: readonly number[];
  readonly shift: readonly number[];
}

/**
 * Vector scaling (Guo et al. 2017): softmax of scale_k * log p_k + shift_k. A ridge of one row's worth pulls
 * scales to 1 and shifts to 0, which settles the free constant among the shifts and steadies small samples.
 */
export const vectorScaling: CalibrationMethod<VectorScalingState> = {
  name: 'vectorScaling',
  fit({ probabilities, outcomes, weights, classes }) {
    const logs = Float64Array.from(probabilities, (p) => Math.log(Math.max(p, floor)));
    const z = new Float64Array(classes);
    const start = new Float64Array(2 * classes).fill(1, 0, classes);
    const { x } = minimize(
      (x, gradient) => {
        let loss = 0;
        for (let k = 0; k < 2 * classes; k++) {
          gradient[k] = x[k]! - (k < classes ? 1 : 0);
          loss += 0.5 * gradient[k]! * gradient[k]!;
        }
        for (let i = 0, at = 0; i < outcomes.length; i++, at += classes) {
          let top = -Infinity;
          for (let k = 0; k < classes; k++) {
            z[k] = x[k]! * logs[at + k]! + x[classes + k]!;
            if (z[k]! > top) top = z[k]!;
          }
          const weight = weights ? weights[i]! : 1;
          const chosen = z[outcomes[i]!]!;
          let total = 0;
          for (let k = 0; k < classes; k++) total += z[k] = Math.exp(z[k]! - top);
          loss += weight * (top + Math.log(total) - chosen);
          for (let k = 0; k < classes; k++) {
            const residual = weight * (z[k]! / total - (outcomes[i] === k ? 1 : 0));
            gradient[k]! += residual * logs[at + k]!;
            gradient[classes + k]! += residual;
          }
        }
        return loss;
      },
      start,
      { tolerance: 1e-10 * Math.max(1, outcomes.length) },
    );
    return { scale: [...x.subarray(0, classes)], shift: [...x.subarray(classes)] };
  },
  apply({ scale, shift }, classes) {
    const z = new Float64Array(classes);
    return (p, from, out, to) => {
      let top = -Infinity;
      for (let k = 0; k < classes; k++) {
        z[k] = scale[k]! * Math.log(Math.max(p[from + k]!, floor)) + shift[k]!;
        if (z[k]! > top) top = z[k]!;
      }
      let total = 0;
      for (let k = 0; k < classes; k++) total += out[to + k] = Math.exp(z[k]! - top);
      for (let k = 0; k < classes; k++) out[to + k]! /= total;
    };
  },
};
