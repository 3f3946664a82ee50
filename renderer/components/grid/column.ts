import type { ReactNode } from 'react';
import type { Format } from '../format-values.ts';

export type ColumnKind =
  'text' | 'integer' | 'number' | 'percent' | 'probability' | 'odds' | 'day' | 'instant' | 'flag';

/** A value as it leaves the grid: copied, exported, added up. */
export type CellValue = string | number | boolean | null;

/** How a column can be filtered. */
export type ColumnFilter =
  | { readonly kind: 'text' }
  | { readonly kind: 'number'; readonly isShare?: boolean }
  | { readonly kind: 'day' }
  | { readonly kind: 'set'; readonly choices: readonly { readonly value: string; readonly label: string }[] };

export interface GridColumn<Row> {
  readonly id: string;
  readonly title: string;
  /** What the column shows, in plain words; read in the column's menu. */
  readonly definition?: string;
  readonly kind: ColumnKind;
  readonly value: (row: Row) => CellValue;
  /** How the cell looks; the formatted value where nothing is given. */
  readonly cell?: (row: Row) => ReactNode;
  /** Decimals upon the screen; copies and exports have all of them. */
  readonly digits?: number;
  readonly width?: number;
  /** Not shown until it is asked for. */
  readonly isHidden?: boolean;
  readonly isPinned?: boolean;
  readonly isSortable?: boolean;
  readonly filter?: ColumnFilter;
}

const numericKinds: ReadonlySet<ColumnKind> = new Set([
  'integer',
  'number',
  'percent',
  'probability',
  'odds',
]);

/** Can the column's values be added up? */
export function isNumericKind(kind: ColumnKind): boolean {
  return numericKinds.has(kind);
}

/** Numbers stand at the end, digits under digits; what draws its own cells begins where texts do. */
export function isEndAligned({
  kind,
  cell,
}: Pick<GridColumn<never>, 'kind'> & { readonly cell?: unknown }): boolean {
  return isNumericKind(kind) && cell === undefined;
}

/** A value as text, by its column's kind. */
export function cellText(
  value: CellValue,
  { kind, digits }: Pick<GridColumn<never>, 'kind' | 'digits'>,
  format: Format,
): string {
  if (value === null) return '–';
  if (typeof value === 'boolean') return value ? '✓' : '';
  if (typeof value === 'string') return kind === 'day' ? format.day(value, 'short') : value;
  switch (kind) {
    case 'integer':
      return format.count(value);
    case 'percent':
      return format.percent(value, digits ?? 1);
    case 'probability':
      return format.probability(value, digits ?? 1);
    case 'odds':
      return format.odds(value);
    case 'instant':
      return format.instant(value);
    case 'number':
      return format.number(value, digits ?? 2);
    case 'text':
    case 'day':
    case 'flag':
      return String(value);
  }
}
