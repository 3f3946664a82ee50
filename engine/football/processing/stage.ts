import type { ModelTable } from '../../../db/queries/football/processing.ts';
import { dayNumber } from '../../contract/zones.ts';
import {
  storeModel,
  storePredictions,
  type PredictionRecord,
} from '../../../db/storage/football/processing.ts';
import { AppError } from '../../contract/errors.ts';
import type { ProcessingParameters } from '../../contract/stages.ts';
import type { StageContext } from '../../runtime/stage.ts';
import { hashText, isBeforeKickOff, loadModelTable, wantedChampionships } from '../model-table.ts';
import type { ChampionshipResult, FamilyPredictions } from './models.ts';
import { fitPooledModels } from './pooled.ts';

const worker = new URL('../../workers/processing.ts', import.meta.url);

/** What `processing` answers. */
export type ProcessingResult = {
  readonly championships: number;
  readonly models: number;
  readonly predictions: { readonly new: number; readonly held: number };
  readonly withoutHistory: number;
};

/**
 * Trains every championship's models walk-forward and stores their raw probabilities: of every match held, or with the
 * scope `today` of the matches of today and of coming fixtures only.
 */
export async function processing(
  context: StageContext,
  parameters: ProcessingParameters,
): Promise<ProcessingResult> {
  const loaded = await loadModelTable(context);
  const { table } = loaded;
  const wanted = wantedChampionships(table, parameters.championships);
  const pooled = await fitPooledModels(context, table, wanted);
  const result = {
    championships: wanted.length,
    models: 0,
    predictions: { new: 0, held: 0 },
    withoutHistory: 0,
  };
  const today = dayNumber(context.today);
  const isWanted = (row: number) =>
    parameters.scope === 'today'
      ? table.day[row] === today || (table.scheduled[row] === 1 && table.day[row]! >= today)
      : table.day[row]! <= today || table.scheduled[row] === 1;
  let done = 0;
  const work = context.consumer.run<number, unknown, ChampionshipResult>({
    worker,
    handler: 'forecastChampionship',
    items: wanted,
    toTask: (championship) => ({
      database: context.database.path,
      table,
      prices: loaded.preMatch,
      championship,
      pooled,
    }),
    signal: context.signal,
  });
  for await (const item of work) {
    const { code } = table.championships[item.item]!;
    if (item.status === 'cancelled') throw new AppError('CANCELLED', 'processing was cancelled');
    if (item.status === 'failed') {
      context.failItem(code, item.durationMs, item.error);
      continue;
    }
    for (const gap of item.value.gaps) {
      result.withoutHistory++;
      // The first season held never has a model: worth a note, no worry. A later one is.
      context.log(gap.first ? 'info' : 'warn', `${code} ${gap.seasonCode}: no model, ${gap.reason}`, {
        code: 'HISTORY_TOO_SHORT',
      });
    }
    for (const predictions of item.value.predictions) {
      const key = `${code}/${predictions.family}`;
      if (context.isDone(key)) continue;
      context.commitItem(key, item.durationMs, () => {
        const counts = storeFamily(context, { table, predictions, result: item.value, isWanted });
        result.models += counts.models;
        result.predictions.new += counts.new;
        result.predictions.held += counts.held;
        return counts;
      });
    }
    context.progress({ phase: 'training', done: ++done, total: wanted.length });
  }
  return result;
}

function storeFamily(
  context: StageContext,
  options: {
    readonly table: ModelTable;
    readonly predictions: FamilyPredictions;
    readonly result: ChampionshipResult;
    readonly isWanted: (row: number) => boolean;
  },
): { models: number; new: number; held: number } {
  const { table, predictions, result, isWanted } = options;
  const modelIds = new Map<number, number>();
  const modelId = (at: number) => {
    let id = modelIds.get(at);
    if (id === undefined) {
      id = storeModel(context.database, result.models[at]!, {
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
