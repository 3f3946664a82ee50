import { openReader } from '../../db/client.ts';
import { forecastFilterSchema } from '../contract/forecasts.ts';
import type { ForecastFilter, LabelRecord, SelectionAccountRow } from '../contract/forecasts.ts';
import type {
  BettingQuestion,
  CurseQuestion,
  ResultBetting,
  ResultRecord,
  WinnersCurse,
} from '../contract/results.ts';
import { labelRecords } from '../football/evaluation/label-records.ts';
import { resultBetting } from '../football/evaluation/result-betting.ts';
import { resultRecord } from '../football/evaluation/result-record.ts';
import { selectionAccount } from '../football/evaluation/selection-account.ts';
import { readSettledSaid } from '../football/evaluation/settled-forecasts.ts';
import { winnersCurse } from '../football/evaluation/winners-curse.ts';
import { serve } from './serve.ts';

interface OnDatabase {
  readonly database: string;
}

/** Everything that is settled, whatever its type. */
const everything: ForecastFilter = forecastFilterSchema.parse({});

export const recordsByLabel = serve((task: OnDatabase): LabelRecord[] => {
  using database = openReader(task.database);
  return labelRecords(readSettledSaid(database, everything));
});

export const accountOfSelection = serve((task: OnDatabase): SelectionAccountRow[] => {
  using database = openReader(task.database);
  return selectionAccount(database, readSettledSaid(database, everything));
});

export const recordOfResults = serve(
  (task: OnDatabase & { readonly filter: ForecastFilter }): ResultRecord => {
    using database = openReader(task.database);
    return resultRecord(readSettledSaid(database, task.filter));
  },
);

export const bettingOnResults = serve(
  (task: OnDatabase & { readonly question: BettingQuestion }): ResultBetting => {
    using database = openReader(task.database);
    const settled = readSettledSaid(database, { ...task.question, types: ['1x2'] });
    return resultBetting(database, settled, task.question);
  },
);

export const curseOfFilters = serve(
  (
    task: OnDatabase & {
      readonly question: CurseQuestion;
      readonly rule: { readonly target: number; readonly delta: number };
    },
  ): WinnersCurse => {
    using database = openReader(task.database);
    return winnersCurse(readSettledSaid(database, task.question), task.question, task.rule);
  },
);
