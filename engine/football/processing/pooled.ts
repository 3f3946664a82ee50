import type { ModelTable } from '../../../db/queries/football/processing.ts';
import { chosenStudies } from '../tuning/chosen.ts';
import { AppError, fromErrorRecord } from '../../contract/errors.ts';
import type { StageContext } from '../../runtime/stage.ts';
import { listFolds } from './folds.ts';
import type { PooledModels } from './pooled-models.ts';

const worker = new URL('../../workers/processing.ts', import.meta.url);

/** The pooled models of every half-year that the wanted championships need, over all championships held. */
export async function trainPooledModels(
  context: Pick<StageContext, 'consumer' | 'database' | 'signal' | 'progress'>,
  table: ModelTable,
  wanted: readonly number[],
): Promise<PooledModels[]> {
  const folds = listFolds(table).filter((fold) => wanted.includes(fold.championship));
  const cuts = [...new Set(folds.map((fold) => fold.pooledCut))].sort((a, b) => a - b);
  const pooled: PooledModels[] = [];
  const { parameters: tuned } = chosenStudies(context.database);
  const work = context.consumer.run<number, unknown, PooledModels | undefined>({
    worker,
    handler: 'fitPooled',
    items: cuts,
    toTask: (cut) => ({ database: context.database.path, table, cut, tuned }),
    signal: context.signal,
  });
  let done = 0;
  context.progress({ phase: 'pooled', done, total: cuts.length });
  for await (const item of work) {
    if (item.status === 'cancelled') throw new AppError('CANCELLED', 'training was cancelled');
    if (item.status === 'failed') throw fromErrorRecord(item.error);
    if (item.value) pooled.push(item.value);
    context.progress({ phase: 'pooled', done: ++done, total: cuts.length });
  }
  return pooled;
}
