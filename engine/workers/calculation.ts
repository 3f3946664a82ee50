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
  const result = calculateRows(history, readFeatureHashes(database, task));
  const { matchIds, asOf, vectors, lines } = result.changed;
  return transfer(result, [
    matchIds.buffer as ArrayBuffer,
    asOf.buffer as ArrayBuffer,
    vectors.buffer,
    lines.buffer as ArrayBuffer,
  ]);
});
