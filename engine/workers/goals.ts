import { openReader } from '../../db/client.ts';
import { readGoalColumns, type GoalColumns } from '../../db/queries/football/goals.ts';
import type { ModelTable } from '../../db/queries/football/processing.ts';
import { forecastGoals } from '../football/processing/goals.ts';
import { serve } from './serve.ts';

export const loadGoals = serve(
  (task: { readonly database: string; readonly table: ModelTable }): GoalColumns => {
    using database = openReader(task.database);
    return readGoalColumns(database, task.table);
  },
);

export const forecastChampionshipGoals = serve(
  (
    task: {
      readonly table: ModelTable;
      readonly columns: GoalColumns;
      readonly championship: number;
      readonly seasons: ReadonlySet<number>;
    },
    context,
  ) =>
    forecastGoals(task.table, task.columns, {
      championship: task.championship,
      seasons: task.seasons,
      signal: context.signal,
      report: context.report,
    }),
);
