import type { ModelTable } from '../../../db/queries/football/processing.ts';
import type { CancelSignal } from '../../contract/domain.ts';
import { dayText } from '../../contract/zones.ts';
import { serializeEstimator } from '../../kernel/modeling/serialization.ts';
import type { FamilyInput, PooledFamily } from './families/family.ts';
import { pooledFamilies } from './families/registry.ts';
import { withTuned, type TunedParameters } from '../tuning/families.ts';
import { trainingRows } from './folds.ts';
import type { FamilyName, FittedModel } from './models.ts';
import { hashMarket, hashRows, trainingSpan } from './rows.ts';

/** Fewer matches in all, and there is no model: not enough history. */
const minimumMatches = 200;
/** Fewer matches without the warm-up season, and the warm-up season trains as well. */
const wantedMatches = 300;
const seed = 20_050_805;

/** What was fitted for one half-year, by family. */
export interface PooledModels {
  readonly cut: number;
  readonly models: ReadonlyMap<FamilyName, FittedModel>;
}

/** Models of earlier runs by `modelKey`: what was fitted on exactly these data is not fitted again. */
export type KnownModels = ReadonlyMap<string, FittedModel>;

export function modelKey(model: Pick<FittedModel, 'family' | 'seasonCode' | 'dataHash'>): string {
  return `${model.family} ${model.seasonCode} ${model.dataHash}`;
}

/** Fits every pooled family on all championships' matches before a day; undefined where there are too few of them. */
export async function fitPooledModels(
  table: ModelTable,
  cut: number,
  options: {
    readonly known: KnownModels;
    /** Families that are trained with other parameters than their own. */
    readonly tuned?: TunedParameters | undefined;
    readonly signal?: CancelSignal;
  },
): Promise<PooledModels | undefined> {
  let rows = trainingRows(table, { cut });
  if (rows.length < wantedMatches) rows = trainingRows(table, { cut, withWarmUp: true });
  if (rows.length < minimumMatches) return undefined;
  const seasonCode = `until ${dayText(cut)}`;
  const models = new Map<FamilyName, FittedModel>();
  for (const family of pooledFamilies.map((one) => withTuned(one, options.tuned))) {
    const identity = { family: family.name, parameters: family.parameters, candidates: table.featureNames };
    const salt = JSON.stringify(identity) + (family.readsMarket ? hashMarket(table, rows) : '');
    const dataHash = hashRows(table, rows, salt);
    const known = options.known.get(modelKey({ family: family.name, seasonCode, dataHash }));
    if (known) {
      models.set(family.name, known);
      continue;
    }
    const input = { table, rows, fitted: models, seed, signal: options.signal };
    const fitted = await fitFamily(family, input, { seasonCode, dataHash });
    if (fitted) models.set(family.name, fitted);
  }
  return { cut, models };
}

/** Fits one family to all given rows; undefined where they are too few for it. */
export async function fitFamily(
  family: PooledFamily,
  input: FamilyInput,
  identity: Pick<FittedModel, 'seasonCode' | 'dataHash'>,
): Promise<FittedModel | undefined> {
  const fit = await family.fit(input);
  if (!fit) return undefined;
  return {
    ...serializeEstimator(fit.estimator),
    ...trainingSpan(input.table, input.rows),
    ...identity,
    family: family.name,
    championshipId: null,
    featureNames: fit.featureNames,
    parameters: fit.estimator.parameters,
    seed: input.seed,
    libraries: fit.estimator.metadata?.libraries ?? {},
    notes: fit.notes,
  };
}
