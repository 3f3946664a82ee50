import type { ModelTable } from '../../../db/queries/football/processing.ts';

/**
 * Walk-forward folds: every season of every championship is forecast by models that saw earlier days only. A fold's
 * pooled partner is trained on all championships up to the half-year boundary before the season's first match, so that
 * championships which start within one summer share it.
 */
export interface Fold {
  /** Index into `table.championships`. */
  readonly championship: number;
  readonly firstYear: number;
  /** Index into `table.seasonCodes`. */
  readonly season: number;
  /** Rows of the season, in time order. */
  readonly rows: Int32Array;
  /** First match day of the season: training rows lie strictly before it. */
  readonly firstDay: number;
  /** Pooled training rows lie strictly before this day. */
  readonly pooledCut: number;
}

const dayMs = 86_400_000;

/** The last 1 January or 1 July on or before a day (days since 1970-01-01). */
export function halfYearBoundary(day: number): number {
  const date = new Date(day * dayMs);
  const year = date.getUTCFullYear();
  return Date.UTC(year, date.getUTCMonth() >= 6 ? 6 : 0, 1) / dayMs;
}

/** All folds in order of (championship, season). */
export function listFolds(table: ModelTable): Fold[] {
  const rowsOf = new Map<number, number[]>();
  for (let row = 0; row < table.rows; row++) {
    const key = table.championship[row]! * 10_000 + table.firstYear[row]!;
    let rows = rowsOf.get(key);
    if (!rows) rowsOf.set(key, (rows = []));
    rows.push(row);
  }
  return [...rowsOf]
    .sort(([a], [b]) => a - b)
    .map(([key, rows]) => {
      const firstDay = table.day[rows[0]!]!;
      return {
        championship: Math.floor(key / 10_000),
        firstYear: key % 10_000,
        season: table.season[rows[0]!]!,
        rows: Int32Array.from(rows),
        firstDay,
        pooledCut: halfYearBoundary(firstDay),
      };
    });
}

/** First season held of each championship: its ratings are still settling, so it warms up and does not train. */
function warmUpYears(table: ModelTable): Int32Array {
  const years = new Int32Array(table.championships.length).fill(32_767);
  for (let row = 0; row < table.rows; row++) {
    const championship = table.championship[row]!;
    years[championship] = Math.min(years[championship]!, table.firstYear[row]!);
  }
  return years;
}

/** Which rows a model may learn from: results from the pitch before `cut`, the warm-up season left out. */
export interface TrainingRowsQuery {
  readonly cut: number;
  /** Default: all championships. */
  readonly championship?: number | undefined;
  /** Default false. */
  readonly withWarmUp?: boolean;
}

export function trainingRows(table: ModelTable, query: TrainingRowsQuery): Int32Array {
  const warmUp = warmUpYears(table);
  const rows: number[] = [];
  for (let row = 0; row < table.rows && table.day[row]! < query.cut; row++) {
    const championship = table.championship[row]!;
    if (table.target[row]! < 0) continue;
    if (query.championship !== undefined && championship !== query.championship) continue;
    if (!query.withWarmUp && table.firstYear[row]! === warmUp[championship]) continue;
    rows.push(row);
  }
  return Int32Array.from(rows);
}
