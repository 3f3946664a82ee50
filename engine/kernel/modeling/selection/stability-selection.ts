import { AppError } from '../../../contract/errors.ts';
import type { CancelSignal } from '../../../contract/domain.ts';
import { createRandom } from '../../math/random.ts';
import type { Random } from '../../math/random.ts';
import { selectRows } from '../matrix.ts';
import type { Matrix } from '../matrix.ts';

/** Chooses columns on some training rows: a filter, non-zero coefficients of a lasso, the top of an importance list. */
export type ColumnSelector = (
  features: Matrix,
  target: Float64Array,
  seed: number,
) => readonly string[] | Promise<readonly string[]>;

export interface StabilityOptions {
  /** Training rows of each walk-forward fold. */
  readonly folds: readonly ArrayLike<number>[];
  readonly select: ColumnSelector;
  readonly seed: number;
  /** Random halves drawn of each fold's rows; default 10. */
  readonly halves?: number | undefined;
  /** Share of the draws in which a column must be chosen, above 0.5; default 0.7. */
  readonly threshold?: number | undefined;
  readonly signal?: CancelSignal | undefined;
}

export interface StabilityResult {
  /** Every column with the share of draws that chose it, most frequent first. */
  readonly columns: readonly { readonly name: string; readonly frequency: number; readonly kept: boolean }[];
  readonly draws: number;
  /** Bound of the expected number of columns kept by chance, q^2 / ((2 threshold - 1) p) (theorem 1); Infinity when it says nothing. */
  readonly expectedFalse: number;
}

/**
 * Stability selection (Meinshausen and Buehlmann 2010) across walk-forward folds: a selector is run on random halves of each
 * fold's training rows, and only columns chosen again and again are kept.
 */
export async function selectByStability(
  features: Matrix,
  target: Float64Array,
  { folds, select, seed, halves = 10, threshold = 0.7, signal }: StabilityOptions,
): Promise<StabilityResult> {
  if (!(threshold > 0.5 && threshold <= 1)) {
    throw new AppError(
      'CONFIGURATION_INVALID',
      `threshold: expected a share above 0.5 and up to 1, got ${threshold}`,
    );
  }
  const counts = new Map(features.columns.map((name) => [name, 0]));
  const random = createRandom(seed);
  let draws = 0;
  let chosen = 0;
  for (const fold of folds) {
    for (let half = 0; half < halves; half++, draws++) {
      if (signal?.aborted) throw new AppError('CANCELLED', 'feature selection was cancelled');
      const rows = randomHalf(fold, random.split(draws));
      const names = await select(
        selectRows(features, rows),
        Float64Array.from(rows, (row) => target[row]!),
        seed + draws,
      );
      chosen += names.length;
      for (const name of names) counts.set(name, counts.get(name)! + 1);
    }
  }
  const average = chosen / Math.max(1, draws);
  const expectedFalse = average ** 2 / ((2 * threshold - 1) * features.columns.length);
  return {
    draws,
    expectedFalse: expectedFalse < features.columns.length ? expectedFalse : Infinity,
    columns: [...counts]
      .map(([name, count]) => ({
        name,
        frequency: count / Math.max(1, draws),
        kept: count >= threshold * draws && draws > 0,
      }))
      .sort((a, b) => b.frequency - a.frequency),
  };
}

/** Half of the rows, in their order in time. */
function randomHalf(rows: ArrayLike<number>, random: Random): Uint32Array {
  const pool = Uint32Array.from(rows);
  const size = Math.floor(pool.length / 2);
  for (let i = 0; i < size; i++) {
    const j = i + random.integer(pool.length - i);
    [pool[i], pool[j]] = [pool[j]!, pool[i]!];
  }
  return pool.slice(0, size).sort();
}
