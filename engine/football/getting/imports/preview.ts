import type { ColumnProfile, ImportPreview } from '../../../contract/imports.ts';
import { decodeText } from '../decode.ts';
import type { Encoding } from '../decode.ts';
import { isBlank, readTable } from '../table.ts';
import { parseDay, parseNumber } from '../values.ts';
import { suggestMapping } from './suggest.ts';

/** From this share on, a column is one of numbers, or of days, and what is neither in it stands out. */
const almostAll = 0.8;
const straysKept = 5;
/** Enough for the names of every championship of a file. */
const samplesKept = 60;
const rowsShown = 20;

/**
 * What a table holds, before anything of it is believed: how it is written, what its columns seem to be, and which cells
 * do not fit their column.
 *
 * @throws AppError `FILE_*` where it is no table
 */
export function previewTable(
  bytes: Uint8Array,
  given: { readonly encoding?: Encoding | undefined; readonly delimiter?: string | undefined },
): Omit<ImportPreview, 'sheets'> {
  const { text, encoding } = decodeText(bytes, given.encoding);
  const table = readTable(text, given.delimiter);
  const filled = table.rows.filter((row) => !isBlank(row));
  const columns = table.names.map((name, at) => profile(name, table.rows, at));
  return {
    encoding,
    delimiter: table.delimiter,
    rowCount: filled.length,
    columns,
    rows: filled.slice(0, rowsShown).map((row) => table.names.map((_, at) => row[at]?.trim() ?? '')),
    suggestion: suggestMapping(columns),
  };
}

function profile(name: string, rows: readonly (readonly string[])[], at: number): ColumnProfile {
  let [filled, numbers, days, decimalCommas] = [0, 0, 0, 0];
  const samples = new Set<string>();
  rows.forEach((row) => {
    const cell = row[at]?.trim() ?? '';
    if (cell === '') return;
    filled++;
    if (!Number.isNaN(parseNumber(cell))) {
      numbers++;
      if (cell.includes(',')) decimalCommas++;
    } else if (!Number.isNaN(parseDay(cell))) days++;
    if (samples.size < samplesKept) samples.add(cell.slice(0, 80));
  });
  const isNumeric = numbers >= filled * almostAll && numbers < filled;
  const isDay = days >= filled * almostAll && days < filled;
  const strays: ColumnProfile['strays'] = [];
  if (isNumeric || isDay) {
    const parse = isNumeric ? parseNumber : parseDay;
    for (let index = 0; index < rows.length && strays.length < straysKept; index++) {
      const cell = rows[index]![at]?.trim() ?? '';
      if (cell !== '' && Number.isNaN(parse(cell)))
        strays.push({ line: index + 2, value: cell.slice(0, 80) });
    }
  }
  return { name, filled, numbers, days, decimalCommas, strays, samples: [...samples] };
}
