import type { Figure } from '../../../contract/evaluation-details.ts';
import type { Locale } from '../../../documents/locale.ts';
import type { Cell, Column, Row, Table } from '../../../documents/model.ts';

/** Cells and words that the sections of the report share. */

export const text = (value: string | null): Cell => ({ kind: 'text', value });
export const muted = (value: string): Cell => ({ kind: 'text', value, isMuted: true });
export const count = (value: number | null): Cell => ({ kind: 'integer', value });
export const decimal = (value: number | null, digits = 4): Cell => ({ kind: 'number', value, digits });
export const share = (value: number | null): Cell => ({ kind: 'probability', value });

/** A value over its interval. */
export function interval(figure: Figure | null, locale: Locale, digits?: number): Cell {
  if (!figure || figure.value === null) return text(null);
  const said = (value: number | null) =>
    value === null ? '–' : digits === undefined ? locale.percent(value) : locale.number(value, digits);
  const value: Cell = digits === undefined ? share(figure.value) : decimal(figure.value, digits);
  const range = muted(`[${said(figure.low)}; ${said(figure.high)}]`);
  return { kind: 'group', flow: 'lines', cells: [value, range] };
}

/** Small p-values are said to be small rather than rounded to nothing. */
export function chance(value: number | null, locale: Locale): Cell {
  if (value === null) return text(null);
  return text(value < 0.001 ? `< ${locale.number(0.001, 3)}` : locale.number(value, 3));
}

/** Words of the report: `evaluation.<key>`. */
export function wordsOf(locale: Locale) {
  return (key: string, values?: Readonly<Record<string, string | number>>): string =>
    locale.t(`evaluation.${key}`, values);
}

export const familyName = (family: string, locale: Locale): string =>
  locale.t(`evaluation.families.${family}`);

/** A table whose first column names its rows; the others are numbers. */
export function numberTable(
  of: { readonly caption: string; readonly headings: readonly string[]; readonly notes?: readonly string[] },
  rows: readonly (readonly Cell[])[],
  totals: readonly number[] = [],
): Table {
  const columns = of.headings.map((heading, at): Column =>
    at === 0 ? { heading, align: 'start', isRowHeading: true } : { heading, align: 'end' },
  );
  return {
    kind: 'table',
    caption: of.caption,
    columns,
    rows: rows.map((cells, at): Row => (totals.includes(at) ? { cells, isTotal: true } : { cells })),
    notes: of.notes ?? [],
  };
}
