import { AppError } from '../contract/errors.ts';
import { openReader } from '../../db/client.ts';
import { readFeatureHashes, readHistory } from '../../db/queries/football/calculation.ts';
import { calculateRows } from '../football/calculation/championship.ts';
import type { CalculationTask } from '../football/calculation/stage.ts';
import { serve, transfer } from './serve.ts';

/** Reads one championship, calculates it, and hands back the rows that differ from those held. */
export const calculateChampionship = serve((task: CalculationTask, context) => {
  using database = openReader(task.database);
  const history = readHistory(database, task.championshipId);
  if (context.signal.aborted) throw new AppError('CANCELLED', 'The calculation was cancelled.');
  const known = task.featureSetIds.map((featureSetId) =>
    readFeatureHashes(database, { championshipId: task.championshipId, featureSetId }),
  );
  return transfer(calculateRows(history, known));
});
