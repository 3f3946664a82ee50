import type { ModelTable } from '../../../db/queries/football/processing.ts';
import { dayNumber } from '../../contract/zones.ts';
import {
  storeModel,
  storePredictions,
  type PredictionRecord,
} from '../../../db/storage/football/processing.ts';
import type { ProcessingParameters } from '../../contract/stages.ts';
import type { StageContext } from '../../runtime/stage.ts';
import { bySport, hashText, isBeforeKickOff, loadModelTable, wantedChampionships } from '../model-table.ts';
import type { SportPart } from '../model-table.ts';
import { processGoals } from './goals-stage.ts';
import { contenders, type Contender, type FamilyPredictions, type FittedModel } from './models.ts';
import { modelKey } from './pooled-models.ts';
import { registerFamilies, type RegisteredFamily } from './registration.ts';
import { createProbabilityTable, pool, trainChampionships } from './train-all.ts';

/** What `processing` answers. */
export type ProcessingResult = {
  /** Family that holds the champion's place in the registry, of the first sport; null before there is one. */
  readonly champion: string | null;
  readonly championships: number;
  readonly models: number;
  readonly predictions: { readonly new: number; readonly held: number };
  /** Intensities of the goal model. */
  readonly goals: { readonly new: number; readonly held: number };
  readonly withoutHistory: number;
};

/**
 * Trains every championship's models walk-forward and stores their raw probabilities of the result, and the goal model's
 * intensities: of every match held, or with the scope `today` of the matches of today and of coming fixtures only.
 */
export async function processing(
  context: StageContext,
  parameters: ProcessingParameters,
): Promise<ProcessingResult> {
  const results: ProcessingResult[] = [];
  for (const part of bySport(context.database, parameters.championships)) {
    results.push(await processSport(context, parameters, part));
  }
  return results.reduce(together);
}

function together(a: ProcessingResult, b: ProcessingResult): ProcessingResult {
  const sum = (of: 'predictions' | 'goals') => ({
    new: a[of].new + b[of].new,
    held: a[of].held + b[of].held,
  });
  return {
    champion: a.champion,
    championships: a.championships + b.championships,
    models: a.models + b.models,
    predictions: sum('predictions'),
    goals: sum('goals'),
    withoutHistory: a.withoutHistory + b.withoutHistory,
  };
}

async function processSport(
  context: StageContext,
  { scope }: ProcessingParameters,
  { sport, championships }: SportPart,
): Promise<ProcessingResult> {
  const loaded = await loadModelTable(context, sport);
  const { table } = loaded;
  const wanted = wantedChampionships(table, championships);
  const result = {
    champion: null,
    championships: wanted.length,
    models: 0,
    predictions: { new: 0, held: 0 },
    goals: { new: 0, held: 0 },
    withoutHistory: 0,
  };
  const today = dayNumber(context.today);
  const isWanted = (row: number) =>
    scope === 'today'
      ? table.day[row] === today || (table.scheduled[row] === 1 && table.day[row]! >= today)
      : table.day[row]! <= today || table.scheduled[row] === 1;
  const all = createProbabilityTable(table.rows);
  const trained: FittedModel[] = [];
  const store = (key: string, durationMs: number, made: Omit<StoredFamily, 'table' | 'isWanted'>) => {
    if (context.isDone(key)) return;
    context.commitItem(key, durationMs, () => {
      const counts = storeFamily(context, { ...made, table, isWanted });
      result.models += counts.models;
      result.predictions.new += counts.new;
      result.predictions.held += counts.held;
      return counts;
    });
  };
  for await (const outcome of trainChampionships(context, loaded, wanted)) {
    const { code } = table.championships[outcome.championship]!;
    if ('error' in outcome) {
      context.failItem(code, outcome.durationMs, outcome.error);
      continue;
    }
    const { models, predictions, gaps } = outcome.result;
    trained.push(...models);
    for (const gap of gaps) {
      result.withoutHistory++;
      // The first season held never has a model: worth a note, no worry. A later one is.
      context.log(gap.first ? 'info' : 'warn', `${code} ${gap.seasonCode}: no model, ${gap.reason}`, {
        code: 'HISTORY_TOO_SHORT',
      });
    }
    for (const family of predictions) {
      all.add(family);
      store(`${code}/${family.family}`, outcome.durationMs, { models, predictions: family });
    }
  }
  const started = performance.now();
  const pooled = await pool(context, table, all.families);
  if (pooled) {
    all.add(pooled.predictions);
    trained.push(...pooled.models);
    for (const championship of wanted) {
      const { code } = table.championships[championship]!;
      store(`${code}/pool`, performance.now() - started, {
        models: pooled.models,
        predictions: ofChampionship(table, pooled.predictions, championship),
      });
    }
  }
  result.goals = await processGoals(context, { table, championships: wanted, isWanted });
  // A part of the championships cannot say who is champion of all.
  if (wanted.length < wantedChampionships(table, undefined).length) return result;
  const { champion } = await registerFamilies(context, {
    ...loaded,
    families: all.families,
    registered: contenders.map((family) => modelsOf(context, { table, trained, family })),
  });
  return { ...result, champion };
}

/** A family's models with their rows of the database. */
function modelsOf(
  context: StageContext,
  of: { readonly table: ModelTable; readonly trained: readonly FittedModel[]; readonly family: Contender },
): RegisteredFamily {
  const own = new Map(
    of.trained
      .filter(({ family }) => family === of.family)
      .map((model) => [modelKey(model) + String(model.championshipId), model]),
  );
  const models = [...own.values()];
  const stored = { featureSetId: of.table.featureSetId, trainedAt: context.instant };
  const modelIds = context.database.sqlite.transaction(() =>
    models.map((model) => storeModel(context.database, model, stored)),
  )();
  return { family: of.family, models, modelIds };
}

function ofChampionship(table: ModelTable, all: FamilyPredictions, championship: number): FamilyPredictions {
  const kept = [...all.rows.keys()].filter((at) => table.championship[all.rows[at]!] === championship);
  return {
    family: all.family,
    rows: Int32Array.from(kept, (at) => all.rows[at]!),
    model: Int32Array.from(kept, (at) => all.model[at]!),
    probabilities: Float64Array.from(
      kept.flatMap((at) => [...all.probabilities.subarray(at * 3, at * 3 + 3)]),
    ),
  };
}

interface StoredFamily {
  readonly table: ModelTable;
  readonly models: readonly FittedModel[];
  readonly predictions: FamilyPredictions;
  readonly isWanted: (row: number) => boolean;
}

function storeFamily(
  context: StageContext,
  options: StoredFamily,
): { models: number; new: number; held: number } {
  const { table, predictions, models, isWanted } = options;
  const modelIds = new Map<number, number>();
  const modelId = (at: number) => {
    let id = modelIds.get(at);
    if (id === undefined) {
      id = storeModel(context.database, models[at]!, {
        featureSetId: table.featureSetId,
        trainedAt: context.instant,
      });
      modelIds.set(at, id);
    }
    return id;
  };
  const records: PredictionRecord[] = [];
  predictions.rows.forEach((row, at) => {
    if (!isWanted(row)) return;
    const live = isBeforeKickOff(table, row, context.instant);
    const [home, draw, away] = predictions.probabilities.subarray(at * 3, at * 3 + 3);
    records.push({
      matchId: table.matchId[row]!,
      modelId: modelId(predictions.model[at]!),
      asOf: live ? context.instant : table.asOf[row]!,
      madeAt: context.instant,
      origin: live ? 'live' : 'replay',
      dataHash: hashText(table, row),
      home: home!,
      draw: draw!,
      away: away!,
    });
  });
  const added = storePredictions(context.database, records);
  return { models: modelIds.size, new: added, held: records.length - added };
}
