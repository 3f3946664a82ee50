import { AppError } from '../../../contract/errors.ts';
import type { SearchSpace } from './space.ts';

const presets = {
  /** The boosting search space of the product's requirements. */
  'gradient-boosting': {
    maxDepth: { kind: 'integer', low: 3, high: 10 },
    learningRate: { kind: 'float', low: 0.01, high: 0.3, log: true },
    nEstimators: { kind: 'integer', low: 100, high: 1000 },
    minChildWeight: { kind: 'integer', low: 1, high: 10 },
    gamma: { kind: 'float', low: 0, high: 0.5 },
    subsample: { kind: 'float', low: 0.6, high: 1 },
    colsampleByTree: { kind: 'float', low: 0.6, high: 1 },
    regAlpha: { kind: 'float', low: 0, high: 1 },
    regLambda: { kind: 'float', low: 0, high: 1 },
  },
  mlp: {
    learningRate: { kind: 'float', low: 3e-4, high: 0.03, log: true },
    batchSize: { kind: 'categorical', choices: [64, 128, 256, 512] },
    dropout: { kind: 'float', low: 0, high: 0.5 },
    l2: { kind: 'float', low: 1e-6, high: 1e-2, log: true },
    batchNorm: { kind: 'categorical', choices: [false, true] },
    optimizer: { kind: 'categorical', choices: ['adam', 'adamw', 'sgd'] },
  },
  'logistic-regression': {
    C: { kind: 'float', low: 1e-4, high: 100, log: true },
    l1Ratio: { kind: 'float', low: 0, high: 1 },
  },
} as const satisfies Record<string, SearchSpace>;

export const presetNames: readonly string[] = Object.keys(presets);

/** The search space kept for an estimator. An unknown name is CONFIGURATION_INVALID with the known ones. */
export function searchSpacePreset(name: string): SearchSpace {
  if (!Object.hasOwn(presets, name)) {
    throw new AppError(
      'CONFIGURATION_INVALID',
      `no search space is kept for ${name}; there are: ${presetNames.join(', ')}`,
      {
        detail: { name, known: presetNames },
      },
    );
  }
  return presets[name as keyof typeof presets];
}
