import type { ModelRecord } from '../../../db/queries/football/models.ts';

/** Model families that `processing` makes, best reference last. */
export const familyNames = ['base-rate', 'market', 'logistic'] as const;
export type FamilyName = (typeof familyNames)[number];

/** The family whose probabilities become forecasts. */
export const championFamily: FamilyName = 'logistic';

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
