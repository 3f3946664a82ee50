import { AppError } from '../../../contract/errors.ts';
import {
  arrayOf,
  classLabels,
  finiteNumber,
  integerIn,
  numberIn,
  oneOf,
  optional,
  readParameters,
  seedRule,
} from '../parameters.ts';
import type { LossParameters } from '../losses/loss.ts';
import { lossObjectiveNames } from './loss-objective.ts';
import { objectiveNames } from './objectives.ts';

/** Names, meaning and defaults are XGBoost's, in camel case. */
export interface BoostingParameters {
  /**
   * multi:softprob (default), binary:logistic, reg:squarederror, count:poisson, reg:quantileerror; or `loss:` and a name of
   * the loss registry, with `lossParameters`.
   */
  readonly objective: string;
  readonly lossParameters?: LossParameters | undefined;
  /** Boosting rounds, each one tree an output. Default 100. */
  readonly nEstimators: number;
  /** Shrinks every leaf. Default 0.3. */
  readonly learningRate: number;
  /** Default 6, at most 32. */
  readonly maxDepth: number;
  /** Least sum of Hessians in a child. Default 1. */
  readonly minChildWeight: number;
  /** Least loss change that is worth a split. Default 0. */
  readonly gamma: number;
  /** Absolute and squared penalty of leaf weights. Defaults 0 and 1. */
  readonly regAlpha: number;
  readonly regLambda: number;
  /** Share of rows, drawn for each round, and of columns, drawn for each round. Default 1. */
  readonly subsample: number;
  readonly colsampleByTree: number;
  /** Most bins a column is cut into. Default 256. */
  readonly maxBin: number;
  /** Bound of a leaf weight before the learning rate; 0 (default) is none, but 0.7 for count:poisson. */
  readonly maxDeltaStep?: number | undefined;
  /** Rounds without a better validation loss before training stops; the best round is kept. Default: never. */
  readonly earlyStoppingRounds?: number | undefined;
  /** On the scale of the prediction, as XGBoost's; default: the best constant. */
  readonly baseScore?: number | undefined;
  readonly quantileAlpha: number;
  /** By column name: 1 never falling, -1 never rising. */
  readonly monotoneConstraints?: Readonly<Record<string, number>> | undefined;
  /** Groups of column names; only columns of one group may meet on a path. A column in no group stands alone. */
  readonly interactionConstraints?: readonly (readonly string[])[] | undefined;
  /** Threads; the bits do not depend on it. Default 1. */
  readonly nJobs: number;
  readonly classes?: readonly number[] | undefined;
  readonly seed: number;
}

const defaults: BoostingParameters = {
  objective: 'multi:softprob',
  nEstimators: 100,
  learningRate: 0.3,
  maxDepth: 6,
  minChildWeight: 1,
  gamma: 0,
  regAlpha: 0,
  regLambda: 1,
  subsample: 1,
  colsampleByTree: 1,
  maxBin: 256,
  quantileAlpha: 0.5,
  nJobs: 1,
  seed: 0,
};

const columnName = (value: unknown): string | undefined =>
  typeof value === 'string' ? undefined : 'a column name';

export function readBoostingParameters(
  estimator: string,
  given: Readonly<Record<string, unknown>>,
): BoostingParameters {
  return readParameters(estimator, given, {
    defaults,
    rules: {
      objective: oneOf(...objectiveNames, ...lossObjectiveNames),
      lossParameters: optional((value) =>
        typeof value === 'object' && value !== null ? undefined : 'an object',
      ),
      nEstimators: integerIn(1),
      learningRate: numberIn(0, 10, { openLow: true }),
      maxDepth: integerIn(0, 32),
      minChildWeight: numberIn(0, Infinity, { openHigh: true }),
      gamma: numberIn(0, Infinity, { openHigh: true }),
      regAlpha: numberIn(0, Infinity, { openHigh: true }),
      regLambda: numberIn(0, Infinity, { openHigh: true }),
      subsample: numberIn(0, 1, { openLow: true }),
      colsampleByTree: numberIn(0, 1, { openLow: true }),
      maxBin: integerIn(2, 4096),
      maxDeltaStep: optional(numberIn(0, Infinity, { openHigh: true })),
      earlyStoppingRounds: optional(integerIn(1)),
      baseScore: optional(finiteNumber),
      quantileAlpha: numberIn(0, 1, { openLow: true, openHigh: true }),
      monotoneConstraints: optional((value) =>
        typeof value === 'object' &&
        value !== null &&
        Object.values(value).every((v) => [-1, 0, 1].includes(v as number))
          ? undefined
          : '-1, 0 or 1 by column name',
      ),
      interactionConstraints: optional(arrayOf(arrayOf(columnName))),
      nJobs: integerIn(1, 64),
      classes: classLabels,
      seed: seedRule,
    },
  });
}

/** Column positions of named constraints; an unknown name is CONFIGURATION_INVALID. */
export function resolveConstraints(
  parameters: Pick<BoostingParameters, 'monotoneConstraints' | 'interactionConstraints'>,
  columns: readonly string[],
): { monotone: readonly number[] | undefined; interactions: readonly (readonly number[])[] | undefined } {
  const positionOf = (name: string): number => {
    const at = columns.indexOf(name);
    if (at < 0) {
      throw new AppError(
        'CONFIGURATION_INVALID',
        `a constraint names column ${name}; known: ${columns.join(', ')}`,
        {
          detail: { column: name },
        },
      );
    }
    return at;
  };
  const monotone = columns.map(() => 0);
  for (const [name, direction] of Object.entries(parameters.monotoneConstraints ?? {})) {
    monotone[positionOf(name)] = direction;
  }
  return {
    monotone: monotone.some((direction) => direction !== 0) ? monotone : undefined,
    interactions: parameters.interactionConstraints?.map((group) => group.map(positionOf)),
  };
}
