import { AppError } from '../../../contract/errors.ts';
import { createRandom } from '../../math/random.ts';
import { growForest } from './surrogate-forest.ts';
import { isActive, lineOf, toLine } from './space.ts';
import type { Dimension, SearchSpace } from './space.ts';
import type { Study } from './study.ts';
import type { Trial } from './trial.ts';

export interface ParameterImportance {
  readonly name: string;
  /** Share of the explained loss; the shares sum to 1, or are all 0 when nothing was explained. */
  readonly share: number;
}

export interface Importances {
  readonly parameters: readonly ParameterImportance[];
  /** Out-of-bag share of the losses' variance that the surrogate explains; near 0 or below, the shares say nothing. */
  readonly explained: number;
  readonly trials: number;
}

const fewestTrials = 12;

/**
 * How much each parameter mattered for the loss: rise of the out-of-bag error of a forest of the complete trials when the
 * parameter's values are shuffled among them (Breiman 2001, section 10). Throws HISTORY_TOO_SHORT below 12 complete trials.
 */
export function parameterImportances(study: Pick<Study, 'space' | 'seed' | 'trials'>): Importances {
  const complete = study.trials.filter(({ state }) => state === 'complete');
  if (complete.length < fewestTrials) {
    throw new AppError(
      'HISTORY_TOO_SHORT',
      `importances need ${fewestTrials} complete trials, there are ${complete.length}`,
      {
        detail: { needed: fewestTrials, trials: complete.length },
      },
    );
  }
  const names = Object.keys(study.space);
  const rows = complete.map((trial) => encodeTrial(study.space, trial));
  // Ranks, so that one diverged trial is one bad trial and not the whole variance.
  const losses = rankedLosses(complete);
  const random = createRandom(study.seed).split(1_000_003);
  const forest = growForest(rows, losses, { trees: 200, random });
  const error = forest.outOfBagError(rows);
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  const variance = losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / losses.length;
  const rises = names.map((_, column) => {
    let rise = 0;
    const rounds = 5;
    for (let round = 0; round < rounds; round++) {
      const order = shuffledOrder(rows.length, random.split(column * rounds + round));
      const mixed = rows.map((row, i) => row.with(column, rows[order[i]!]![column]!));
      rise += (forest.outOfBagError(mixed) - error) / rounds;
    }
    return Math.max(0, rise);
  });
  const total = rises.reduce((sum, rise) => sum + rise, 0);
  const explained = variance > 0 ? 1 - error / variance : 0;
  return {
    trials: complete.length,
    explained,
    parameters: names
      .map((name, column) => ({ name, share: total > 0 && explained > 0 ? rises[column]! / total : 0 }))
      .sort((a, b) => b.share - a.share),
  };
}

/** Places on the unit line; choices by number; -1 for a parameter the trial did not have. */
function encodeTrial(space: SearchSpace, { parameters }: Trial): Float64Array {
  return Float64Array.from(Object.entries(space), ([name, dimension]) => {
    const value = parameters[name];
    return value === undefined || !isActive(dimension, parameters) ? -1 : encodeValue(dimension, value);
  });
}

function encodeValue(dimension: Dimension, value: NonNullable<Trial['parameters'][string]>): number {
  if (dimension.kind === 'categorical') return dimension.choices.indexOf(value);
  const { low, high } = lineOf(dimension);
  return (toLine(dimension, value as number) - low) / (high - low);
}

function rankedLosses(trials: readonly Trial[]): Float64Array {
  const order = trials.map((_, i) => i).sort((a, b) => trials[a]!.value! - trials[b]!.value!);
  const ranks = new Float64Array(trials.length);
  order.forEach((trial, rank) => (ranks[trial] = rank / trials.length));
  return ranks;
}

function shuffledOrder(count: number, random: ReturnType<typeof createRandom>): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
