import { createRandom } from '../../math/random.ts';
import type { Random } from '../../math/random.ts';
import { mean, quantileSorted } from '../../math/summary.ts';
import { mutualInformationWithClasses, prepareColumn } from './mutual-information.ts';
import type { NeighbourOptions } from './mutual-information.ts';

export interface InformationTest {
  /** Mutual information with the labels, in nats. */
  readonly value: number;
  /** Mean and 95 % point of the same figure with shuffled labels: what a useless column shows. */
  readonly nullMean: number;
  readonly nullHigh: number;
  /** (1 + shuffles at least as informative) / (1 + shuffles). */
  readonly pValue: number;
}

/**
 * Mutual information of a continuous column with class labels beside its permutation null. `draws` default
 * 99.
 */
export function testInformation(
  column: ArrayLike<number>,
  labels: ArrayLike<number>,
  options: NeighbourOptions & { readonly draws?: number | undefined; readonly seed: number },
): InformationTest {
  const { draws = 99, seed } = options;
  const prepared = prepareColumn(column, options);
  const value = mutualInformationWithClasses(prepared, labels, options);
  const shuffled = Float64Array.from(labels);
  const random = createRandom(seed);
  const nulls = new Float64Array(draws);
  let atLeast = 1;
  for (let draw = 0; draw < draws; draw++) {
    shuffle(shuffled, random);
    nulls[draw] = mutualInformationWithClasses(prepared, shuffled, options);
    if (nulls[draw]! >= value) atLeast++;
  }
  nulls.sort();
  return {
    value,
    nullMean: mean(nulls),
    nullHigh: quantileSorted(nulls, 0.95),
    pValue: atLeast / (draws + 1),
  };
}

/** Fisher-Yates, in place. */
function shuffle(values: Float64Array, random: Random): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const kept = values[i]!;
    values[i] = values[j]!;
    values[j] = kept;
  }
}
