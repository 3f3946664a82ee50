/** A value in a table that leaves the product; a missing one is an empty field. */
export type TableValue = string | number | boolean | null | undefined;

/**
 * Rows as RFC 4180: commas, CRLF, a byte order mark so that spreadsheets read Cyrillic. Numbers have a decimal point and
 * all their digits, whatever the screen shows.
 */
export function toCsv(rows: readonly (readonly TableValue[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(csvField).join(',')}\r\n`).join('')}`;
}

/** Rows for the clipboard, as spreadsheets take them. */
export function toTsv(rows: readonly (readonly TableValue[])[]): string {
  return rows
    .map((row) => row.map((value) => fieldText(value).replaceAll(/[\t\r\n]+/g, ' ')).join('\t'))
    .join('\n');
}

function csvField(value: TableValue): string {
  const text = fieldText(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function fieldText(value: TableValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  return typeof value === 'string' ? guardFormula(value) : String(value);
}

/** A spreadsheet would run a text that begins like a formula; an apostrophe makes it a text. */
function guardFormula(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
