import { defineEstimator } from '../define-estimator.ts';
import type { Estimator, SavedEstimator } from '../estimator.ts';
import { classLabels, numberIn, readParameters, seedRule } from '../parameters.ts';

export interface ClassPriorParameters {
  /** Rows added to each class before shares are taken (Laplace). Default 0. */
  readonly smoothing: number;
  readonly classes?: readonly number[] | undefined;
  readonly seed: number;
}

const defaults: ClassPriorParameters = { smoothing: 0, seed: 0 };

/** Gives every row the weighted class shares of the training rows: the base rate that every model must beat. */
export function createClassPrior(
  parameters: Readonly<Record<string, unknown>> = {},
  saved?: SavedEstimator,
): Estimator {
  const resolved = readParameters('class-prior', parameters, {
    defaults,
    rules: { smoothing: numberIn(0, Infinity, { openHigh: true }), classes: classLabels, seed: seedRule },
  });
  return defineEstimator<ClassPriorParameters, Float64Array>(
    {
      name: 'class-prior',
      task: 'classification',
      missing: 'native',
      parameters: resolved,
      fit({ classes, target, weights }) {
        const shares = new Float64Array(classes.length).fill(resolved.smoothing);
        for (let i = 0; i < target.length; i++) shares[target[i]!]! += weights[i]!;
        const total = shares.reduce((sum, share) => sum + share, 0);
        return shares.map((share) => share / total);
      },
      output(shares, { rows }) {
        const out = new Float64Array(rows * shares.length);
        for (let i = 0; i < rows; i++) out.set(shares, i * shares.length);
        return out;
      },
      save: (shares) => ({ state: null, blobs: { shares } }),
      load: ({ blobs }) => blobs!['shares'] as Float64Array,
    },
    saved,
  ).estimator;
}
