import type { ModelTable } from '../../../db/queries/football/processing.ts';
import { AppError, fromErrorRecord } from '../../contract/errors.ts';
import type { StageContext } from '../../runtime/stage.ts';
import { listFolds } from './folds.ts';
import type { PooledModel } from './logistic.ts';

const worker = new URL('../../workers/processing.ts', import.meta.url);

/** One pooled model a half-year, over all championships held, whichever of them are asked for. */
export async function fitPooledModels(
  context: Pick<StageContext, 'consumer' | 'database' | 'signal' | 'progress'>,
  table: ModelTable,
  wanted: readonly number[],
): Promise<PooledModel[]> {
  const folds = listFolds(table).filter((fold) => wanted.includes(fold.championship));
  const cuts = [...new Set(folds.map((fold) => fold.pooledCut))].sort((a, b) => a - b);
  const pooled: PooledModel[] = [];
  const work = context.consumer.run<number, unknown, PooledModel | undefined>({
    worker,
    handler: 'fitPooled',
    items: cuts,
    toTask: (cut) => ({ database: context.database.path, table, cut }),
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
