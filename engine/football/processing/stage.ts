import type { ModelTable } from '../../../db/queries/football/processing.ts';
import { dayNumber } from '../../contract/zones.ts';
import {
  storeModel,
  storePredictions,
  type PredictionRecord,
} from '../../../db/storage/football/processing.ts';
import { AppError, fromErrorRecord } from '../../contract/errors.ts';
import type { ProcessingParameters } from '../../contract/stages.ts';
import type { StageContext } from '../../runtime/stage.ts';
import { candidateFeatures } from './candidates.ts';
import { listFolds } from './folds.ts';
import type { PooledModel } from './logistic.ts';
import type { ChampionshipResult, FamilyPredictions, LoadedTable } from './models.ts';

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
      context.log('warn', `${code} ${gap.seasonCode}: no model, ${gap.reason}`, {
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

/** True where a forecast made at `instant` was made before the match began; without a known minute, before its day. */
export function isBeforeKickOff(table: ModelTable, row: number, instant: number): boolean {
  if (table.scheduled[row] !== 1) return false;
  return instant < (table.kickOffKnown[row] === 1 ? table.kickOff[row]! : table.asOf[row]!);
}

/** The row's content hash as text. */
export function hashText(table: ModelTable, row: number): string {
  const word = (at: number) => table.hashes[at]!.toString(16).padStart(8, '0');
  return word(2 * row) + word(2 * row + 1);
}

/** Loads the model table in a worker thread. FEATURES_MISSING before the first calculation. */
export async function loadModelTable(
  context: Pick<StageContext, 'consumer' | 'database' | 'signal'>,
): Promise<LoadedTable> {
  const loaded = await runOne<LoadedTable | undefined>(context, {
    handler: 'loadTable',
    task: { database: context.database.path },
  });
  if (!loaded || loaded.table.rows === 0) {
    throw new AppError('FEATURES_MISSING', 'there are no features yet: run `calculation` first');
  }
  return loaded;
}

async function runOne<Result>(
  context: Pick<StageContext, 'consumer' | 'signal'>,
  options: { readonly handler: string; readonly task: unknown },
): Promise<Result> {
  const work = context.consumer.run<unknown, unknown, Result>({
    worker,
    handler: options.handler,
    items: [options.task],
    toTask: (task) => task,
    signal: context.signal,
  });
  for await (const item of work) {
    if (item.status === 'done') return item.value;
    if (item.status === 'failed') throw fromErrorRecord(item.error);
  }
  throw new AppError('CANCELLED', 'cancelled');
}

/** Positions of the championships asked for, all by default; an unknown code is NOT_FOUND with the known ones. */
export function wantedChampionships(table: ModelTable, codes: readonly string[] | undefined): number[] {
  const present = new Set<number>(table.championship.subarray(0, table.rows));
  const all = table.championships.map((championship) => championship.code);
  if (!codes) return [...present].sort((a, b) => a - b);
  return codes.map((code) => {
    const at = all.indexOf(code);
    if (at < 0 || !present.has(at)) {
      throw new AppError('NOT_FOUND', `no championship ${code} with features; held: ${all.join(', ')}`, {
        detail: { what: 'championship', name: code, known: all },
      });
    }
    return at;
  });
}

/** One pooled model a half-year, over all championships held, whichever of them are asked for. */
export async function fitPooledModels(
  context: Pick<StageContext, 'consumer' | 'database' | 'signal' | 'progress'>,
  table: ModelTable,
  wanted: readonly number[],
): Promise<PooledModel[]> {
  const folds = listFolds(table).filter((fold) => wanted.includes(fold.championship));
  const cuts = [...new Set(folds.map((fold) => fold.pooledCut))].sort((a, b) => a - b);
  const candidates = candidateFeatures(table.featureNames);
  const pooled: PooledModel[] = [];
  const work = context.consumer.run<number, unknown, PooledModel | undefined>({
    worker,
    handler: 'fitPooled',
    items: cuts,
    toTask: (cut) => ({ database: context.database.path, table, cut, candidates }),
    signal: context.signal,
  });
  let done = 0;
  for await (const item of work) {
    if (item.status === 'cancelled') throw new AppError('CANCELLED', 'training was cancelled');
    if (item.status === 'failed') throw fromErrorRecord(item.error);
    if (item.value) pooled.push(item.value);
    context.progress({ phase: 'pooled', done: ++done, total: cuts.length });
  }
  return pooled;
}
