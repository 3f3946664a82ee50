import type { Instant, Language } from '../contract/domain.ts';
import type { ExportColumn, ExportTable } from '../contract/exports.ts';
import { dayAt } from '../contract/zones.ts';
import type { Locale } from './locale.ts';
import type { Cell, Column, DatasetKind, DatasetValue, DocumentModel } from './model.ts';

/** Any table as a document, so that every writer of published documents can write it. */
export function tableDocument(
  table: ExportTable,
  locale: Locale,
  made: { readonly at: Instant; readonly language: Language },
): DocumentModel {
  const { name, title, subtitle, notes, zone, columns, rows } = table;
  return {
    kind: 'table',
    variant: name,
    day: dayAt(made.at, zone),
    language: made.language,
    title,
    subtitle,
    marks: [],
    lead: [...notes],
    figures: [],
    sections: [
      {
        id: 'table',
        heading: title,
        marks: [],
        paragraphs: [],
        blocks: [
          {
            kind: 'table',
            caption: locale.t('documents.table.caption', { count: rows.length }),
            columns: columns.map(heading),
            rows: rows.map((row) => ({
              cells: columns.map((column, at) => cellOf(row[at] ?? null, { column, zone, locale })),
            })),
            notes: [],
          },
        ],
      },
    ],
    failures: [],
    legend: [],
    provenance: { madeAt: made.at, asOf: null, dataHash: null, models: [], zone },
    dataset: {
      columns: columns.map(({ key, heading: text, kind }) => ({
        key,
        heading: text,
        kind: datasetKinds[kind],
      })),
      rows: rows.map((row) => columns.map((_, at): DatasetValue => row[at] ?? null)),
    },
  };
}

const datasetKinds: Readonly<Record<ExportColumn['kind'], DatasetKind>> = {
  text: 'text',
  integer: 'integer',
  number: 'number',
  percent: 'number',
  odds: 'number',
  day: 'text',
  instant: 'instant',
  flag: 'flag',
};

const isText = ({ kind }: ExportColumn): boolean => kind === 'text' || kind === 'day' || kind === 'flag';

const heading = (column: ExportColumn): Column => ({
  heading: column.heading,
  align: isText(column) ? 'start' : 'end',
});

/** A value that does not fit its column is shown as it is: nothing is dropped or guessed. */
function cellOf(
  value: DatasetValue,
  of: { readonly column: ExportColumn; readonly zone: string; readonly locale: Locale },
): Cell {
  const { column, zone, locale } = of;
  if (value === null) return { kind: 'text', value: null };
  if (typeof value === 'boolean') {
    return { kind: 'text', value: locale.t(value ? 'documents.table.yes' : 'documents.table.no') };
  }
  if (typeof value === 'string') {
    const isDay = column.kind === 'day' && /^\d{4}-\d{2}-\d{2}$/.test(value);
    return { kind: 'text', value: isDay ? locale.shortDay(value) : value };
  }
  switch (column.kind) {
    case 'integer':
      return { kind: 'integer', value };
    case 'percent':
      return { kind: 'probability', value };
    case 'odds':
      return { kind: 'odds', values: [value] };
    case 'instant':
      return { kind: 'instant', value, zone, show: 'full' };
    default:
      return { kind: 'number', value, digits: column.digits ?? 3 };
  }
}
