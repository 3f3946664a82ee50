import { AppError } from '../../../contract/errors.ts';
import { defineEstimator } from '../define-estimator.ts';
import type { Estimator, SavedEstimator } from '../estimator.ts';
import { arrayOf, classLabels, readParameters, seedRule } from '../parameters.ts';

export interface MarketBaselineParameters {
  /** Columns that hold the market's probabilities with the margin removed, in class order. */
  readonly columns: readonly string[];
  readonly classes?: readonly number[] | undefined;
  readonly seed: number;
}

interface Model {
  readonly positions: readonly number[];
  readonly shares: Float64Array;
}

const defaults: MarketBaselineParameters = {
  columns: ['market_home', 'market_draw', 'market_away'],
  classes: undefined,
  seed: 0,
};

/**
 * Repeats the market's own probabilities (scaled to sum to 1): the ceiling that other models are measured against. A row
 * without a whole price gets the class shares of the training rows.
 */
export function createMarketBaseline(
  parameters: Readonly<Record<string, unknown>> = {},
  saved?: SavedEstimator,
): Estimator {
  const resolved = readParameters('market', parameters, {
    defaults,
    rules: {
      columns: arrayOf((name) => (typeof name === 'string' ? undefined : 'a column name')),
      classes: classLabels,
      seed: seedRule,
    },
  });
  return defineEstimator<MarketBaselineParameters, Model>(
    {
      name: 'market',
      task: 'classification',
      missing: 'native',
      parameters: resolved,
      fit({ features, classes, target, weights }) {
        if (classes.length !== resolved.columns.length) {
          throw new AppError(
            'CONFIGURATION_INVALID',
            `market: ${classes.length} classes but ${resolved.columns.length} columns of probabilities`,
          );
        }
        const positions = resolved.columns.map((name) => features.columns.indexOf(name));
        const absent = resolved.columns.filter((_, at) => positions[at]! < 0);
        if (absent.length > 0) {
          throw new AppError('FEATURES_MISMATCH', `market: no column ${absent.join(', ')}`, {
            detail: { missing: absent },
          });
        }
        const shares = new Float64Array(classes.length);
        for (let i = 0; i < target.length; i++) shares[target[i]!]! += weights[i]!;
        const total = shares.reduce((sum, share) => sum + share, 0);
        return { positions, shares: shares.map((share) => share / total) };
      },
      output({ positions, shares }, { values, rows, columns }) {
        const width = columns.length;
        const out = new Float64Array(rows * shares.length);
        for (let i = 0; i < rows; i++) {
          let sum = 0;
          for (const at of positions) sum += values[i * width + at]!;
          const whole = sum > 0 && sum < Infinity && positions.every((at) => values[i * width + at]! >= 0);
          for (let k = 0; k < shares.length; k++) {
            out[i * shares.length + k] = whole ? values[i * width + positions[k]!]! / sum : shares[k]!;
          }
        }
        return out;
      },
      save: ({ positions, shares }) => ({ state: { positions }, blobs: { shares } }),
      load: ({ state, blobs }) => ({
        positions: (state as { positions: number[] }).positions,
        shares: blobs!['shares'] as Float64Array,
      }),
    },
    saved,
  ).estimator;
}
