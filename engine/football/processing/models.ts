import type { ModelRecord } from '../../../db/queries/football/models.ts';

/** Model families: the references, the pooled families in the order in which they are fitted, and the pool of those. */
export const familyNames = [
  'base-rate',
  'market',
  'logistic',
  'ordered-logit',
  'boosting',
  'network',
  'market-informed',
  'pool',
] as const;
export type FamilyName = (typeof familyNames)[number];

/** Families that may become champion; the first one is champion until another passes the gate. */
export const contenders = [
  'logistic',
  'ordered-logit',
  'boosting',
  'network',
  'pool',
] as const satisfies FamilyName[];
export type Contender = (typeof contenders)[number];

/** A fitted model with everything needed to say where it came from. */
export interface FittedModel extends ModelRecord {
  readonly family: FamilyName;
}

/** Raw probabilities of one family for some rows of the model table. */
export interface FamilyPredictions {
  readonly family: FamilyName;
  /** Positions in the model table. */
  readonly rows: Int32Array;
  /** rows.length x 3, class order home, draw, away. */
  readonly probabilities: Float64Array;
  /** Position in the list of models that came with these predictions. */
  readonly model: Int32Array;
}

export interface ChampionshipResult {
  readonly models: readonly FittedModel[];
  readonly predictions: readonly FamilyPredictions[];
  /** Seasons without a model, with the reason as a sentence. */
  readonly gaps: readonly {
    readonly seasonCode: string;
    readonly reason: string;
    /** The first season held of its championship. */
    readonly first: boolean;
  }[];
}
