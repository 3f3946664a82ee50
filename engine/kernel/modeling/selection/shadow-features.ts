import { AppError } from '../../../contract/errors.ts';
import type { CancelSignal } from '../../../contract/domain.ts';
import { binomialCdf } from '../../math/distributions.ts';
import { createRandom } from '../../math/random.ts';
import type { Estimator } from '../estimator.ts';
import { createMatrix, selectColumns } from '../matrix.ts';
import type { Matrix } from '../matrix.ts';
import { withShuffledColumn } from './permutation-importance.ts';

export interface ShadowVerdict {
  readonly name: string;
  readonly verdict: 'confirmed' | 'tentative' | 'rejected';
  /** Rounds in which the column was more important than the best shadow, of `rounds` in which it took part. */
  readonly hits: number;
  readonly rounds: number;
}

export interface ShadowOptions {
  /** Makes an unfitted estimator that has feature importances (trees); the round is its seed's part. */
  readonly create: (round: number) => Estimator;
  readonly seed: number;
  /** Most rounds; default 30. */
  readonly rounds?: number | undefined;
  /** Chance of a false verdict over all columns; default 0.05. */
  readonly level?: number | undefined;
  readonly signal?: CancelSignal | undefined;
}

/**
 * Boruta (Kursa and Rudnicki 2010): every round each column gets a shuffled shadow, and a column scores when it is more
 * important than the best of all shadows. Under chance hits are binomial with 1/2; a column is confirmed or rejected when
 * its hits are too many or too few for that (Bonferroni over the columns), and what is rejected takes part no longer. Uses the
 * labels: inside the fold, on training rows only.
 */
export async function selectByShadows(
  features: Matrix,
  target: Float64Array,
  { create, seed, rounds = 30, level = 0.05, signal }: ShadowOptions,
): Promise<ShadowVerdict[]> {
  const verdicts = new Map<string, ShadowVerdict>(
    features.columns.map((name) => [name, { name, verdict: 'tentative', hits: 0, rounds: 0 }]),
  );
  const limit = level / 2 / features.columns.length;
  const random = createRandom(seed);
  for (let round = 0; round < rounds; round++) {
    if (signal?.aborted) throw new AppError('CANCELLED', 'feature selection was cancelled');
    const taking = features.columns.filter((name) => verdicts.get(name)!.verdict !== 'rejected');
    if (!taking.some((name) => verdicts.get(name)!.verdict === 'tentative')) break;
    const real = selectColumns(features, taking);
    const estimator = create(round);
    await estimator.fit(withShadows(real, random.split(round)), target, { signal });
    const importances = estimator.featureImportances();
    if (!importances) {
      throw new AppError(
        'CONFIGURATION_INVALID',
        `${estimator.name} has no feature importances to compare shadows by`,
      );
    }
    const best = Math.max(...importances.subarray(taking.length));
    taking.forEach((name, at) => {
      const before = verdicts.get(name)!;
      const hits = before.hits + (importances[at]! > best ? 1 : 0);
      const played = before.rounds + 1;
      const verdict =
        1 - binomialCdf(hits - 1, played, 0.5) < limit
          ? 'confirmed'
          : binomialCdf(hits, played, 0.5) < limit
            ? 'rejected'
            : before.verdict;
      verdicts.set(name, { name, verdict, hits, rounds: played });
    });
  }
  return [...verdicts.values()];
}

/** The columns and, after them, a shuffled copy of each; few columns get several, so that the best shadow is a fair rival. */
function withShadows(real: Matrix, random: ReturnType<typeof createRandom>): Matrix {
  const width = real.columns.length;
  const copies = Math.max(1, Math.ceil(5 / width));
  const columns = [
    ...real.columns,
    ...Array.from(
      { length: copies * width },
      (_, k) => `shadow ${Math.floor(k / width)} of ${real.columns[k % width]!}`,
    ),
  ];
  const values = new Float64Array(real.rows * columns.length);
  const put = (from: Matrix, at: number, to: number): void => {
    for (let row = 0; row < real.rows; row++)
      values[row * columns.length + to] = from.values[row * width + at]!;
  };
  for (let k = 0; k < width; k++) {
    put(real, k, k);
    for (let copy = 0; copy < copies; copy++) {
      const to = width + copy * width + k;
      put(withShuffledColumn(real, k, random.split(to)), k, to);
    }
  }
  return createMatrix(real.rows, columns, values);
}
