import { AppError } from '../../../contract/errors.ts';
import { cellReader } from './cell-values.ts';
import { attribute, elements, openWorkbook, type WorkbookParts } from './workbook-parts.ts';

/** More than any table of matches has. */
const mostColumns = 1000;
const mostCells = 20_000_000;

export interface SheetTable {
  /** The sheets that are not hidden, in the order of their tabs. */
  readonly names: readonly string[];
  readonly chosen: string;
  /** Cells as texts: days as `2024-05-01`, times as `15:00`, numbers with every digit and a point. */
  readonly rows: readonly (readonly string[])[];
}

/**
 * Reads a sheet of an Excel workbook (.xlsx, ECMA-376). Formulas count by the value that was stored with them; nothing
 * is worked out and nothing outside of the file is looked up.
 *
 * @param sheet its name; default the first that holds more than a heading
 * @throws AppError `FILE_FORMAT`, `SOURCE_TOO_LARGE`, `NOT_FOUND` where no sheet is called so
 */
export function readWorkbook(bytes: Uint8Array, sheet?: string): SheetTable {
  const parts = openWorkbook(bytes);
  const sheets = sheetsOf(parts);
  const names = sheets.map(({ name }) => name);
  if (sheet !== undefined && !names.includes(sheet)) {
    throw new AppError('NOT_FOUND', `The workbook has no sheet "${sheet}"; it has: ${names.join(', ')}.`);
  }
  const wanted = sheets.filter(({ name }) => sheet === undefined || name === sheet);
  let first: SheetTable | undefined;
  for (const { name, path } of wanted) {
    const table = { names, chosen: name, rows: rowsOf(parts.text(path) ?? '', parts) };
    if (table.rows.length > 1) return table;
    first ??= table;
  }
  if (!first) throw new AppError('FILE_FORMAT', 'The workbook has no sheet to read.');
  return first;
}

function sheetsOf(parts: WorkbookParts): { name: string; path: string }[] {
  const relations = elements(parts.text('xl/_rels/workbook.xml.rels') ?? '', 'Relationship');
  const targets = new Map(
    Array.from(relations, ({ inside }) => [attribute(inside, 'Id'), attribute(inside, 'Target') ?? '']),
  );
  return [...elements(parts.text('xl/workbook.xml') ?? '', 'sheet')].flatMap(({ inside }) => {
    const target = targets.get(attribute(inside, 'id'));
    const isHidden = /hidden/i.test(attribute(inside, 'state') ?? '');
    if (target === undefined || isHidden) return [];
    const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
    return [{ name: attribute(inside, 'name') ?? '', path }];
  });
}

function rowsOf(markup: string, parts: WorkbookParts): string[][] {
  const reader = cellReader(parts);
  const rows: string[][] = [];
  let cells = 0;
  for (const { inside, content } of elements(markup, 'row')) {
    const row: string[] = [];
    for (const cell of elements(content, 'c')) {
      const at = columnOf(attribute(cell.inside, 'r')) ?? row.length;
      if (at >= mostColumns || ++cells > mostCells) {
        throw new AppError('SOURCE_TOO_LARGE', 'The sheet has more cells than a table of matches can.');
      }
      while (row.length < at) row.push('');
      row[at] = reader.read(cell.inside, cell.content);
    }
    const number = Number(attribute(inside, 'r') ?? rows.length + 1);
    // Rows that the sheet leaves out are empty; their place keeps the numbers of the others true.
    if (rows.length > 0 && number - rows.length < 1000) while (rows.length < number - 1) rows.push([]);
    if (rows.length > 0 || row.some((cell) => cell.trim() !== '')) rows.push(row);
  }
  while (rows.length > 0 && rows.at(-1)!.every((cell) => cell.trim() === '')) rows.pop();
  const width = Math.max(0, ...rows.slice(0, 1).map((row) => row.length));
  return rows.map((row) => [...row, ...Array<string>(Math.max(0, width - row.length)).fill('')]);
}

/** 0 for `A7`, 27 for `AB7`; undefined where the cell does not say where it stands. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^([A-Z]{1,3})\d*$/i.exec(reference ?? '')?.[1]?.toUpperCase();
  if (letters === undefined) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
