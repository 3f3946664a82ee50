import { openReader } from '../../db/client.ts';
import { readGoalColumns, readRawGoals } from '../../db/queries/football/goals.ts';
import { readModelTable } from '../../db/queries/football/processing.ts';
import { readTotalPrices } from '../../db/queries/football/total-prices.ts';
import type { CancelSignal } from '../contract/domain.ts';
import { AppError } from '../contract/errors.ts';
import type { ExpectedGoalsComparison } from '../contract/evaluation-details.ts';
import type { EvaluationReport } from '../contract/evaluation.ts';
import { extendedFeatures } from '../football/calculation/registry.ts';
import { scoreWalkForward } from '../football/evaluation/evaluation.ts';
import { compareExpectedGoals, expectedGoalsColumns } from '../football/evaluation/expected-goals.ts';
import type { EvaluationInput } from '../football/evaluation/judged.ts';
import type { TypesInput } from '../football/evaluation/type-scores.ts';
import { sportLines } from '../football/forecast/types/sport-lines.ts';
import { withColumns } from '../football/processing/columns.ts';
import { goalModel } from '../football/processing/goals.ts';
import { removeMarginRows } from '../kernel/evaluation/margin.ts';
import { scoreLaws } from '../kernel/modeling/goals/laws/registry.ts';
import { serve } from './serve.ts';

type Task = EvaluationInput & { readonly database: string };

export const evaluateAll = serve(async (task: Task, context): Promise<EvaluationReport> =>
  scoreWalkForward({
    ...task,
    ...(task.details
      ? {
          details: {
            ...task.details,
            types: readTypes(task),
            expectedGoals: await compareWithExpectedGoals(task, context.signal),
          },
        }
      : {}),
    signal: context.signal,
    report: context.report,
  }),
);

/** Undefined where no two seasons have expected goals. */
async function compareWithExpectedGoals(
  { database: path, table, closing }: Task,
  signal: CancelSignal,
): Promise<ExpectedGoalsComparison | undefined> {
  using database = openReader(path);
  const wanted = { hash: extendedFeatures.hash, sport: table.sport, features: expectedGoalsColumns };
  const extended = readModelTable(database, wanted);
  if (extended?.rows !== table.rows) return undefined;
  try {
    const whole = withColumns(table, extended, expectedGoalsColumns);
    return await compareExpectedGoals(whole, removeMarginRows(closing.prices), { seed: 1, signal });
  } catch (error) {
    if (error instanceof AppError && error.code === 'HISTORY_TOO_SHORT') return undefined;
    throw error;
  }
}

/** What the types beside the result are scored from. */
function readTypes({ database: path, table }: Task): TypesInput {
  using database = openReader(path);
  const line = sportLines[table.sport].total;
  return {
    goals: readRawGoals(database, table, scoreLaws[goalModel.law]),
    scores: readGoalColumns(database, table),
    total: removeMarginRows(readTotalPrices(database, table, line), { classes: 2 }),
  };
}
