import type { ModelTable } from '../../../db/queries/football/processing.ts';
import type { CancelSignal } from '../../contract/domain.ts';
import { AppError } from '../../contract/errors.ts';
import type { TunableFamily } from '../../contract/stages.ts';
import { logLoss } from '../../kernel/evaluation/scores.ts';
import type { TrialParameters } from '../../kernel/modeling/tuning/space.ts';
import { logistic } from '../processing/families/logistic.ts';
import { orderedLogit } from '../processing/families/ordered-logit.ts';
import type { FamilyName, FittedModel } from '../processing/models.ts';
import { fitFamily } from '../processing/pooled-models.ts';
import { targetOf } from '../processing/rows.ts';
import { createTunedFamily } from './families.ts';
import type { TuningFold } from './folds.ts';

interface OnFold {
  readonly table: ModelTable;
  readonly fold: TuningFold;
  readonly seed: number;
  readonly signal?: CancelSignal | undefined;
}

const identity = { seasonCode: 'tuning', dataHash: '' };

/** The models that every trial of a fold starts from; they do not depend on what is tuned. */
export async function fitStart({ table, fold, seed, signal }: OnFold): Promise<FittedModel[]> {
  const fitted = new Map<FamilyName, FittedModel>();
  for (const family of [logistic, orderedLogit]) {
    const input = { table, rows: fold.train, fitted, seed, signal };
    const model = await fitFamily(family, input, identity);
    if (model) fitted.set(family.name, model);
  }
  return [...fitted.values()];
}

/** Log loss of a family with a trial's parameters on a fold's season, fitted on what came before. */
export async function scoreTrial(
  options: OnFold & {
    readonly family: TunableFamily;
    readonly parameters: TrialParameters;
    readonly start: readonly FittedModel[];
  },
): Promise<number> {
  const { table, fold, seed, signal } = options;
  const family = createTunedFamily(options.family, options.parameters);
  const fitted = new Map(options.start.map((model) => [model.family, model]));
  const model = await fitFamily(family, { table, rows: fold.train, fitted, seed, signal }, identity);
  if (!model) {
    throw new AppError(
      'HISTORY_TOO_SHORT',
      `${family.name}: ${fold.train.length} matches before ${fold.name} are too few`,
    );
  }
  return logLoss(family.predict(model, { table, rows: fold.test, fitted }), targetOf(table, fold.test));
}
