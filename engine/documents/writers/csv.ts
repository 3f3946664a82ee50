import papaparse from 'papaparse';
import type { DatasetColumn, DatasetValue } from '../model.ts';
import { escapeFormula } from '../text.ts';
import type { Writer } from '../writer.ts';

/**
 * The document's dataset after RFC 4180: commas, CRLF, quotes doubled. With a byte order mark, because spreadsheets
 * read Cyrillic wrongly without one. Headings are in the document's language; numbers have a decimal point and all
 * their digits; instants are ISO 8601 in UTC; a missing value is an empty field. Programs that want stable names
 * read the JSON instead.
 */
export const csvWriter: Writer = {
  format: 'csv',
  mediaType: 'text/csv; charset=utf-8; header=present',
  write({ dataset }) {
    const fields = dataset.columns.map((column) => escapeFormula(column.heading));
    const data = dataset.rows.map((row) => row.map((value, index) => field(value, dataset.columns[index])));
    const options = { newline: '\r\n' };
    return `\ufeff${papaparse.unparse({ fields, data }, options)}\r\n`;
  },
};

function field(value: DatasetValue, column: DatasetColumn | undefined): string | number | boolean {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return escapeFormula(value);
  if (typeof value === 'number' && column?.kind === 'instant') return new Date(value).toISOString();
  return value;
}
