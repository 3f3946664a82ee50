import { openReader } from '../../db/client.ts';
import { readGoalColumns, readRawGoals } from '../../db/queries/football/goals.ts';
import { readTotalPrices } from '../../db/queries/football/total-prices.ts';
import type { EvaluationReport } from '../contract/evaluation.ts';
import { scoreWalkForward } from '../football/evaluation/evaluation.ts';
import type { EvaluationInput } from '../football/evaluation/judged.ts';
import type { TypesInput } from '../football/evaluation/type-scores.ts';
import { sportLines } from '../football/forecast/types/sport-lines.ts';
import { goalModel } from '../football/processing/goals.ts';
import { removeMarginRows } from '../kernel/evaluation/margin.ts';
import { scoreLaws } from '../kernel/modeling/goals/laws/registry.ts';
import { serve } from './serve.ts';

export const evaluateAll = serve(
  (task: EvaluationInput & { readonly database: string }, context): EvaluationReport =>
    scoreWalkForward({
      ...task,
      ...(task.details ? { details: { ...task.details, types: readTypes(task) } } : {}),
      signal: context.signal,
      report: context.report,
    }),
);

/** What the types beside the result are scored from. */
function readTypes({ database: path, table }: EvaluationInput & { readonly database: string }): TypesInput {
  using database = openReader(path);
  const line = sportLines[table.sport].total;
  return {
    goals: readRawGoals(database, table, scoreLaws[goalModel.law]),
    scores: readGoalColumns(database, table),
    total: removeMarginRows(readTotalPrices(database, table, line), { classes: 2 }),
  };
}
