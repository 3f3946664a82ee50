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
 * The pooled models of a family in order of time. Every sport's pooled models stand in one place: of several for one day the
 * one is this table's whose number of training matches comes nearest to those that the table holds before it.
 */
export function foldsOf(
  table: ModelTable,
  models: readonly ModelRecord[],
  family: MeasuredFamily,
): FoldModel[] {
  const byCut = new Map<number, ModelRecord>();
  for (const model of models) {
    const day = model.family === family ? cutPattern.exec(model.seasonCode)?.[1] : undefined;
    if (day === undefined) continue;
    const cut = dayNumber(day);
    const held = byCut.get(cut);
    const expected = held && trainingRows(table, { cut }).length;
    const distance = (one: ModelRecord) => Math.abs(one.trainCount - (expected ?? 0));
    if (!held || distance(model) <= distance(held)) byCut.set(cut, model);
  }
  return [...byCut].sort(([a], [b]) => a - b).map(([cut, model]) => ({ cut, model }));
}
