import { unzipSync, zipSync } from 'fflate';
import type { Cell, SheetData } from 'write-excel-file/node';
import type { Locale } from '../locale.ts';
import type { DatasetColumn, DatasetValue, DocumentModel } from '../model.ts';
import { shorten, singleLine } from '../text.ts';
import type { BinaryWriter } from '../writer.ts';

/** Excel keeps no longer text in a cell. */
const longestText = 32_000;

/** Archives need an instant; the earliest they can hold, so that the same content is the same bytes. */
const archiveInstant = new Date(1980, 0, 1);

/**
 * A workbook of the dataset and, on a second sheet, how to read it. Numbers are numbers, instants are dates in UTC,
 * flags are booleans, and a text is a text: no cell is a formula, whatever it begins with. The heading stays in sight.
 */
export const sheetWriter: BinaryWriter = {
  format: 'xlsx',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  async writeBytes(document, locale) {
    // Loaded when first needed, as most runs write no workbook.
    const { default: writeExcelFile } = await import('write-excel-file/node');
    const file = await writeExcelFile(
      [
        {
          data: dataRows(document),
          sheet: sheetName(document.subtitle, 'Data'),
          columns: document.dataset.columns.map(({ kind, heading }) => ({
            width: kind === 'text' ? 22 : Math.max(narrowest(kind), Math.min(20, heading.length)),
          })),
          stickyRowsCount: 1,
        },
        {
          data: noteRows(document, locale),
          sheet: sheetName(locale.t('documents.legend.heading'), 'Notes'),
          columns: [{ width: 32 }, { width: 120 }],
        },
      ],
      { fontFamily: 'Calibri', fontSize: 11 },
    ).toBuffer();
    return sameBytes(file);
  },
};

/** A workbook refuses names with some signs, and longer than 31 characters. */
function sheetName(name: string, otherwise: string): string {
  const allowed = singleLine(name)
    .replaceAll(/[\\/?*[\]:']/g, ' ')
    .trim();
  return shorten(allowed, 31).slice(0, 31).toWellFormed() || otherwise;
}

/** A column that is too narrow for its day and hour shows hashes instead. */
const narrowest = (kind: DatasetColumn['kind']): number => (kind === 'instant' ? 18 : 12);

const headingCell = (value: string): Cell => ({
  value: textOf(value),
  type: String,
  fontWeight: 'bold',
  wrap: true,
  alignVertical: 'top',
  backgroundColor: '#f3f1eb',
});

function dataRows({ dataset }: DocumentModel): SheetData {
  return [
    dataset.columns.map(({ heading }) => headingCell(heading)),
    ...dataset.rows.map((row) => row.map((value, index) => dataCell(value, dataset.columns[index]))),
  ];
}

function dataCell(value: DatasetValue, column: DatasetColumn | undefined): Cell {
  if (value === null) return null;
  if (typeof value === 'boolean') return { value, type: Boolean };
  if (typeof value === 'string') return { value: textOf(value), type: String };
  if (!Number.isFinite(value)) return null;
  if (column?.kind === 'instant') return { value: new Date(value), type: Date, format: 'yyyy-mm-dd hh:mm' };
  return { value, type: Number, ...(column?.kind === 'integer' ? { format: '0' } : {}) };
}

function noteRows(document: DocumentModel, locale: Locale): SheetData {
  const { title, subtitle, lead, legend, failures, marks } = document;
  const line = (name: string, text: string): Cell[] => [
    { value: textOf(name), type: String, fontWeight: 'bold', alignVertical: 'top' },
    { value: textOf(text), type: String, wrap: true },
  ];
  return [
    line(title, subtitle),
    ...marks.map(({ text }) => line('', text)),
    ...lead.map((text) => line('', text)),
    ...failures.map(({ names, code, sentence }) => line(names.join(' – '), `${code}: ${sentence}`)),
    line(locale.t('documents.legend.heading'), ''),
    ...legend.map(({ term, text }) => line(term, text)),
  ];
}

/** Without signs that XML cannot hold. */
const textOf = (text: string): string =>
  shorten(singleLine(text), longestText).replaceAll(/[\ufffe\uffff]/g, '');

/** The library stamps the archive and its properties with the present instant. */
function sameBytes(file: Uint8Array): Uint8Array {
  const parts = unzipSync(file);
  const properties = parts['docProps/core.xml'];
  if (properties) {
    const text = new TextDecoder().decode(properties);
    const fixed = text.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '1980-01-01T00:00:00Z');
    parts['docProps/core.xml'] = new TextEncoder().encode(fixed);
  }
  return zipSync(parts, { mtime: archiveInstant });
}
