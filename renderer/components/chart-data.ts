import { toCsv, toTsv } from './delimited.ts';
import type { TableValue } from './delimited.ts';

/** A column of the data that a chart shows. */
export interface ChartColumn {
  readonly key: string;
  readonly label: string;
  /** Shown in the heading: `%`, `matches`. */
  readonly unit?: string;
  /** How a value is shown; copies and exports have the value itself. */
  readonly text?: (value: number) => string;
}

export type ChartRow = Readonly<Record<string, TableValue>>;

/** Exactly what is plotted. */
export interface ChartData {
  readonly columns: readonly ChartColumn[];
  readonly rows: readonly ChartRow[];
}

export function columnHeading({ label, unit }: ChartColumn): string {
  return unit === undefined ? label : `${label}, ${unit}`;
}

function fields({ columns, rows }: ChartData): TableValue[][] {
  return [columns.map(columnHeading), ...rows.map((row) => columns.map(({ key }) => row[key]))];
}

/** The data with all their digits. */
export function chartCsv(data: ChartData): string {
  return toCsv(fields(data));
}

/** The same for the clipboard. */
export function chartTsv(data: ChartData): string {
  return toTsv(fields(data));
}
