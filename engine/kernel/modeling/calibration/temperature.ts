import type { CalibrationMethod, FittingSample } from './calibrator.ts';

/** Probabilities below this are raised to it before the logarithm is taken. */
const floor = 1e-15;
const lowest = 0.01;
const highest = 20;

export interface TemperatureState {
  /** 1 / temperature: the factor on the logits. Below 1 softens, above 1 sharpens. */
  readonly beta: number;
}

/**
 * Temperature scaling (Guo et al. 2017): p^beta, normalised, with the beta that minimises the weighted log
 * loss. One number, so it is safe on a few hundred rows. The loss is convex in beta and its root is found to
 * rounding; beta is kept within [0.01, 20] when the sample is separated perfectly or backwards.
 */
export const temperature: CalibrationMethod<TemperatureState> = {
  name: 'temperature',
  fit: (sample) => ({ beta: fitBeta(sample) }),
  apply(state, classes) {
    const logs = new Float64Array(classes);
    return (p, from, out, to) => {
      let top = -Infinity;
      for (let k = 0; k < classes; k++) {
        logs[k] = state.beta * Math.log(Math.max(p[from + k]!, floor));
        if (logs[k]! > top) top = logs[k]!;
      }
      let total = 0;
      for (let k = 0; k < classes; k++) total += out[to + k] = Math.exp(logs[k]! - top);
      for (let k = 0; k < classes; k++) out[to + k]! /= total;
    };
  },
};

function fitBeta({ probabilities, outcomes, weights, classes }: FittingSample): number {
  const logs = Float64Array.from(probabilities, (p) => Math.log(Math.max(p, floor)));
  const powers = new Float64Array(classes);
  const slopeAndCurvature: [number, number] = [0, 0];

  /** First and second derivative of the weighted log loss at beta. */
  function derivatives(beta: number): readonly [number, number] {
    let slope = 0;
    let bend = 0;
    for (let i = 0, at = 0; i < outcomes.length; i++, at += classes) {
      let top = -Infinity;
      for (let k = 0; k < classes; k++) if (logs[at + k]! > top) top = logs[at + k]!;
      let total = 0;
      let first = 0;
      let second = 0;
      for (let k = 0; k < classes; k++) {
        const power = (powers[k] = Math.exp(beta * (logs[at + k]! - top)));
        total += power;
        first += power * logs[at + k]!;
        second += power * logs[at + k]! * logs[at + k]!;
      }
      first /= total;
      const weight = weights ? weights[i]! : 1;
      slope += weight * (first - logs[at + outcomes[i]!]!);
      bend += weight * (second / total - first * first);
    }
    slopeAndCurvature[0] = slope;
    slopeAndCurvature[1] = bend;
    return slopeAndCurvature;
  }

  // Newton steps inside a bracket; the ends themselves are the answer only when it closes on them.
  let low = lowest;
  let high = highest;
  let beta = 1;
  for (let i = 0; i < 200; i++) {
    const [slope, bend] = derivatives(beta);
    if (slope > 0) high = beta;
    else low = beta;
    let next = beta - slope / bend;
    if (!(next > low && next < high)) next = Math.sqrt(low * high);
    if (high - low < 1e-9 * lowest) return low === lowest ? lowest : high === highest ? highest : next;
    if (Math.abs(next - beta) <= 1e-15 * beta) return next;
    beta = next;
  }
  return beta;
}
