import { evaluateIsotonic, fitIsotonic } from '../../math/isotonic.ts';
import type { CalibrationMethod } from './calibrator.ts';
import { applyEachClass, fitEachClass } from './one-against-rest.ts';

/** A curve that says never or always would cost an infinite log loss the first time it errs. */
const floor = 0.001;

export interface IsotonicState {
  readonly thresholds: readonly number[];
  readonly values: readonly number[];
}

/**
 * Isotonic regression of each class against the rest (Zadrozny & Elkan 2002), kept within [floor, 1 - floor],
 * normalised. Needs thousands of rows: one season of it costs more log loss than a good model gains.
 */
export const isotonic: CalibrationMethod<readonly IsotonicState[]> = {
  name: 'isotonic',
  fit: (sample) =>
    fitEachClass(sample, ({ probabilities, events, weights }) => {
      const curve = fitIsotonic(probabilities, events, { weights });
      return { thresholds: [...curve.thresholds], values: [...curve.values] };
    }),
  apply: (states) => isotonicRows(states, floor),
};

/** Rows mapped by one curve a class; `lowest` 0 leaves the curves as they are. */
export function isotonicRows(states: readonly IsotonicState[], lowest: number) {
  return applyEachClass(
    states.map((state) => {
      const curve = {
        thresholds: Float64Array.from(state.thresholds),
        values: Float64Array.from(state.values),
      };
      return (p: number) => Math.min(Math.max(evaluateIsotonic(curve, p), lowest), 1 - lowest);
    }),
  );
}
