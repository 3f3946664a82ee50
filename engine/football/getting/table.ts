import Papa from 'papaparse';
import { AppError } from '../../contract/errors.ts';

/** A delimited file: its columns by name, its rows as texts. Row `i` stands on line `i + 2`. */
export interface Table {
  readonly columns: ReadonlyMap<string, number>;
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly delimiter: string;
}

/**
 * Splits a delimited text. Names and cells are trimmed; rows stay in their place, blank ones too, so that lines can be
 * counted.
 *
 * @throws AppError `FILE_TRUNCATED` where the last row is cut off or a quote never ends, `FILE_FORMAT` for no table
 */
export function readTable(text: string, delimiter = sniffDelimiter(text)): Table {
  const parsed = Papa.parse<string[]>(text, { delimiter, skipEmptyLines: false });
  if (parsed.errors.some(({ code }) => code === 'MissingQuotes')) {
    throw new AppError('FILE_TRUNCATED', 'A quoted cell never ends: the file is cut off.');
  }
  const [header, ...rows] = parsed.data;
  if (!header) throw new AppError('FILE_FORMAT', 'The file is empty.');
  const names = header.map((name) => name.trim());
  const columns = new Map<string, number>();
  // The first of two columns with one name counts, as in the sources' own notes.
  names.forEach((name, index) => {
    if (name !== '' && !columns.has(name)) columns.set(name, index);
  });
  const last = names.findLastIndex((name) => name !== '');
  refuseTruncated(rows, last + 1);
  return { columns, names, rows, delimiter };
}

/** A download that broke off leaves a last row with fewer cells than all rows before it. */
function refuseTruncated(rows: readonly (readonly string[])[], width: number): void {
  const lastFilled = rows.findLastIndex((row) => !isBlank(row));
  if (lastFilled < 0 || rows[lastFilled]!.length >= width) return;
  const isHabit = rows.some((row, index) => index < lastFilled && !isBlank(row) && row.length < width);
  if (isHabit) return;
  throw new AppError(
    'FILE_TRUNCATED',
    `The file is cut off: its last row (line ${lastFilled + 2}) has ${rows[lastFilled]!.length} of ${width} cells.`,
    { detail: { line: lastFilled + 2 } },
  );
}

/** Has a row nothing but white space? */
export function isBlank(row: readonly string[]): boolean {
  for (const cell of row) if (cell !== '' && cell.trim() !== '') return false;
  return true;
}

/** The delimiter that stands most often in the header, outside quotes. */
function sniffDelimiter(text: string): string {
  const end = text.search(/[\r\n]/);
  const header = (end < 0 ? text : text.slice(0, end)).replace(/"[^"]*"/g, '');
  const candidates = [',', ';', '\t', '|'];
  const counts = candidates.map((candidate) => header.split(candidate).length);
  return candidates[counts.indexOf(Math.max(...counts))]!;
}
