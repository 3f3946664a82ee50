import type { ModelRecord } from '../../../db/queries/football/models.ts';
import type { ModelTable } from '../../../db/queries/football/processing.ts';
import { dayNumber } from '../../contract/zones.ts';
import type { MeasuredFamily } from '../../contract/stages.ts';
import { trainingRows } from '../processing/folds.ts';

/** A pooled model and the day that its training ends before. */
export interface FoldModel {
  readonly model: ModelRecord;
  /** Days since 1970-01-01. */
  readonly cut: number;
}

const cutPattern = /^until (\d{4}-\d{2}-\d{2})$/;

/**
 * The models of a family in order of time: the pooled ones, and of a family that fits each championship anew those of the
 * championship that has most of the rows. Every sport's pooled models stand in one place: of several for one day the one is
 * this table's whose number of training matches comes nearest to those that the table holds before it.
 */
export function foldsOf(
  table: ModelTable,
  models: readonly ModelRecord[],
  family: MeasuredFamily,
): FoldModel[] {
  const byCut = new Map<number, ModelRecord>();
  for (const model of models) {
    if (model.family !== family) continue;
    const cut = cutOf(table, model);
    if (cut === undefined) continue;
    const held = byCut.get(cut);
    const expected = held && trainingRows(table, { cut }).length;
    const distance = (one: ModelRecord) => Math.abs(one.trainCount - (expected ?? 0));
    const isOwn = model.championshipId !== null;
    if (!held || isOwn || (held.championshipId === null && distance(model) <= distance(held)))
      byCut.set(cut, model);
  }
  return [...byCut].sort(([a], [b]) => a - b).map(([cut, model]) => ({ cut, model }));
}

/** The day that a model's training ends before: in its name, or the first of the season that it forecasts. */
function cutOf(table: ModelTable, { seasonCode, championshipId }: ModelRecord): number | undefined {
  const day = cutPattern.exec(seasonCode)?.[1];
  if (day !== undefined) return dayNumber(day);
  const season = table.seasonCodes.indexOf(seasonCode);
  for (let row = 0; row < table.rows; row++) {
    const isThere =
      table.season[row] === season && table.championships[table.championship[row]!]!.id === championshipId;
    if (isThere) return table.day[row]!;
  }
  return undefined;
}

/** The championship that most of the rows are of: its id. */
export function mainChampionship(table: ModelTable, rows: Int32Array): number | undefined {
  const counts = new Float64Array(table.championships.length);
  for (const row of rows) counts[table.championship[row]!]!++;
  return table.championships[counts.indexOf(Math.max(...counts))]?.id;
}
