import type { ModelTable } from '../../../db/queries/football/processing.ts';
import { AppError } from '../../contract/errors.ts';
import { dayText } from '../../contract/zones.ts';
import { listFolds, trainingRows, type Fold } from '../processing/folds.ts';

/** One step of a trial: fitted on `train`, scored on `test`. */
export interface TuningFold {
  /** The season scored, or where several championships share the fold, the day that training ends before. */
  readonly name: string;
  /** Rows of the model table, in time order; all before the first of `test`. */
  readonly train: Int32Array;
  readonly test: Int32Array;
}

export interface TuningPlan {
  /** In order of time. */
  readonly folds: readonly TuningFold[];
  /** The newest season with results of each championship, as `code season`: nothing of it is trained on or scored. */
  readonly sealed: readonly string[];
}

export interface TuningPlanOptions {
  /** Index into `table.championships`; default: all of them, trained and scored together. */
  readonly championship: number | undefined;
  /** Folds, the newest ones. */
  readonly seasons: number;
  /** Fewer training rows, and a fold is left out. */
  readonly minimumRows: number;
}

const fewestFolds = 2;

/**
 * The seasons that a study is scored on, walk-forward. The last season stays sealed: it is there to judge the winner once,
 * by what has not chosen it. HISTORY_TOO_SHORT where fewer than two folds are left.
 */
export function planTuning(table: ModelTable, options: TuningPlanOptions): TuningPlan {
  const { championship, seasons, minimumRows } = options;
  const played = listFolds(table).filter(
    (fold) =>
      (championship === undefined || fold.championship === championship) &&
      fold.rows.some((row) => table.target[row]! >= 0),
  );
  const newest = new Map(played.map((fold) => [fold.championship, fold]));
  const sealed = [...newest.values()];
  const isSealed = new Uint8Array(table.rows);
  for (const fold of sealed) for (const row of fold.rows) isSealed[row] = 1;

  const byCut = Map.groupBy(
    played.filter((fold) => !sealed.includes(fold)),
    (fold) => fold.pooledCut,
  );
  const folds = [...byCut]
    .sort(([a], [b]) => a - b)
    .map(([cut, group]): TuningFold => ({
      name: championship === undefined ? `from ${dayText(cut)}` : table.seasonCodes[group[0]!.season]!,
      train: trainingRows(table, { cut, championship }).filter((row) => isSealed[row] === 0),
      test: testRows(table, group),
    }))
    .filter((fold) => fold.train.length >= minimumRows)
    .slice(-seasons);
  if (folds.length < fewestFolds) {
    throw new AppError(
      'HISTORY_TOO_SHORT',
      `tuning needs ${fewestFolds} seasons with at least ${minimumRows} matches before them and one season after them that stays sealed; there are ${folds.length}`,
      { detail: { needed: fewestFolds, folds: folds.length, minimumRows } },
    );
  }
  return {
    folds,
    sealed: sealed.map(
      (fold) => `${table.championships[fold.championship]!.code} ${table.seasonCodes[fold.season]!}`,
    ),
  };
}

function testRows(table: ModelTable, group: readonly Fold[]): Int32Array {
  return Int32Array.from(
    group.flatMap((fold) => [...fold.rows].filter((row) => table.target[row]! >= 0)),
  ).sort();
}
