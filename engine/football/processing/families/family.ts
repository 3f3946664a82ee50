import type { ModelTable } from '../../../../db/queries/football/processing.ts';
import type { CancelSignal, JsonValue } from '../../../contract/domain.ts';
import type { Estimator, TrainingCallback } from '../../../kernel/modeling/estimator.ts';
import type { FamilyName, FittedModel } from '../models.ts';

/** What a pooled family learns from. */
export interface FamilyInput {
  readonly table: ModelTable;
  /** Training rows of all championships, in time order. */
  readonly rows: Int32Array;
  /** What the families before this one in the registry were fitted to, on the same rows. */
  readonly fitted: ReadonlyMap<FamilyName, FittedModel>;
  readonly seed: number;
  /** Told of every round, by families that are trained in rounds. */
  readonly callbacks?: readonly TrainingCallback[] | undefined;
  readonly signal?: CancelSignal | undefined;
}

export interface FamilyFit {
  readonly estimator: Estimator;
  readonly featureNames: readonly string[];
  /** What is worth keeping of the training: choices, best epoch, checks, measures. */
  readonly notes: Readonly<Record<string, JsonValue>>;
}

/** Parameters by name; part of a model's identity. */
export type FamilyParameters = Readonly<Record<string, JsonValue>>;

/** One family of models, trained on all championships together before each season. A new one is a file and a registry line. */
export interface PooledFamily {
  readonly name: FamilyName;
  /** Everything that decides the fit beside the rows; part of the model's identity. */
  readonly parameters: FamilyParameters;
  /** True for a family that is told the market's price at the as-of instant; default false: independent of it. */
  readonly readsMarket?: boolean;
  /** Undefined where the rows are too few for this family. */
  fit(input: FamilyInput): Promise<FamilyFit | undefined>;
  /** Raw probabilities of the rows, rows x 3; NaN for a row that it has nothing to say of. */
  predict(
    model: FittedModel,
    on: {
      readonly table: ModelTable;
      readonly rows: Int32Array;
      readonly fitted: ReadonlyMap<FamilyName, FittedModel>;
    },
  ): Float64Array;
}
