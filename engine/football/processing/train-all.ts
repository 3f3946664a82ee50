import type { ModelTable, PriceColumns } from '../../../db/queries/football/processing.ts';
import { AppError } from '../../contract/errors.ts';
import type { ErrorRecord } from '../../contract/errors.ts';
import { runTask } from '../../runtime/run-task.ts';
import type { StageContext } from '../../runtime/stage.ts';
import type { ChampionshipResult, FamilyName, FamilyPredictions, FittedModel } from './models.ts';
import { modelKey } from './pooled-models.ts';
import { trainPooledModels } from './pooled.ts';
import type { FamilyProbabilities } from './pool.ts';

const worker = new URL('../../workers/processing.ts', import.meta.url);

/** What came of one championship. */
export type ChampionshipOutcome = { readonly championship: number; readonly durationMs: number } & (
  { readonly result: ChampionshipResult } | { readonly error: ErrorRecord }
);

/**
 * Walk-forward over the wanted championships in worker threads, one championship after the other as they finish; then
 * `pool` puts the families together.
 */
export async function* trainChampionships(
  context: Pick<StageContext, 'consumer' | 'database' | 'signal' | 'progress'>,
  loaded: { readonly table: ModelTable; readonly preMatch: PriceColumns },
  wanted: readonly number[],
): AsyncGenerator<ChampionshipOutcome> {
  const { table, preMatch } = loaded;
  const pooled = await trainPooledModels(context, table, wanted);
  // Every championship's answer comes with copies of the models that all of them share: one of each is enough.
  const shared = new Map(
    pooled.flatMap(({ models }) => [...models.values()].map((model) => [modelKey(model), model])),
  );
  const withShared = (result: ChampionshipResult): ChampionshipResult => ({
    ...result,
    models: result.models.map((model) =>
      model.championshipId === null ? (shared.get(modelKey(model)) ?? model) : model,
    ),
  });
  const work = context.consumer.run<number, unknown, ChampionshipResult>({
    worker,
    handler: 'forecastChampionship',
    items: wanted,
    toTask: (championship) => ({
      database: context.database.path,
      table,
      prices: preMatch,
      championship,
      pooled,
    }),
    signal: context.signal,
  });
  let done = 0;
  context.progress({ phase: 'training', done, total: wanted.length });
  for await (const item of work) {
    if (item.status === 'cancelled') throw new AppError('CANCELLED', 'training was cancelled');
    const { item: championship, durationMs } = item;
    yield item.status === 'failed'
      ? { championship, durationMs, error: item.error }
      : { championship, durationMs, result: withShared(item.value) };
    context.progress({ phase: 'training', done: ++done, total: wanted.length });
  }
}

/** Collects raw probabilities family by family, in shared memory, for what looks at all championships at once. */
export function createProbabilityTable(rows: number) {
  const families: Partial<Record<FamilyName, Float64Array>> = {};
  return {
    families: families as FamilyProbabilities,
    add({ family, rows: at, probabilities }: FamilyPredictions): void {
      const into = (families[family] ??= new Float64Array(new SharedArrayBuffer(rows * 24)).fill(Number.NaN));
      at.forEach((row, i) => into.set(probabilities.subarray(i * 3, i * 3 + 3), row * 3));
    },
  };
}

/** The log-pool of all families, in a worker thread; undefined where a member is missing. */
export function pool(
  context: Pick<StageContext, 'consumer' | 'signal'>,
  table: ModelTable,
  families: FamilyProbabilities,
): Promise<{ models: FittedModel[]; predictions: FamilyPredictions } | undefined> {
  return runTask(context, { worker, handler: 'poolFamilies', task: { table, families } });
}
