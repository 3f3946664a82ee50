import { join } from 'node:path';
import type { FactBatch, FactEntry } from '../../../../../db/storage/football/team-facts.ts';
import { AppError } from '../../../../contract/errors.ts';
import { singleLine } from '../../../../documents/text.ts';
import { championshipOf, findChampionship } from '../../championships.ts';
import { decodeText } from '../../decode.ts';
import { createNoteTaker } from '../../notes.ts';
import type { FileContent, FileMeta, ListRequest, ParsedFile, Source, SourceItem } from '../../source.ts';
import { isBlank, readTable } from '../../table.ts';
import type { Table } from '../../table.ts';
import { parseNumber } from '../../values.ts';
import { parseInstant } from './instants.ts';
import { readFactMapping } from './mapping.ts';
import type { FactMapping } from './mapping.ts';

/**
 * Tables of what is known of teams beside their matches: injuries and suspensions, squad values, stadiums, changes of
 * manager. Every row must say when it was known; a row of a later instant is refused until that has come.
 */
export const facts: Source = {
  name: 'facts',
  parserVersion: 1,
  storedName: (mapping) => readFactMapping(mapping).source,
  list,
  parse,
};

function list({ origin, mapping }: ListRequest): SourceItem[] {
  readFactMapping(mapping);
  if (origin.kind === 'address') {
    return [{ key: origin.address.split('/').at(-1) ?? origin.address, address: origin.address, hints: {} }];
  }
  return origin.files
    .filter((file) => /\.(csv|tsv|txt)$/i.test(file))
    .sort()
    .map((file) => ({ key: file, address: join(origin.path, file), hints: {} }));
}

function parse(file: FileContent, meta: FileMeta): ParsedFile {
  const mapping = readFactMapping(meta.mapping);
  const table = readTable(decodeText(file.main, mapping.encoding).text, mapping.delimiter);
  refuseMissingColumns(table, mapping);
  const notes = createNoteTaker();
  const batches = new Map<string, FactEntry[]>();
  let rowsRead = 0;
  table.rows.forEach((cells, index) => {
    if (isBlank(cells)) return;
    rowsRead++;
    const line = index + 2;
    const text = (name: string | undefined) =>
      name === undefined ? '' : singleLine(cells[table.columns.get(name)!] ?? '');
    const { championship: where } = mapping;
    const code = 'column' in where ? where.codes[text(where.column)] : championshipOf(where.code).code;
    const championship = findChampionship(code ?? '');
    if (!championship) {
      notes.refuse(
        line,
        `The mapping has no code for the championship '${'column' in where ? text(where.column) : ''}'.`,
      );
      return;
    }
    if (meta.wanted && !meta.wanted.has(championship.code)) return;
    const fact = readFact(text, mapping, line);
    if (typeof fact === 'string') {
      notes.refuse(line, fact);
    } else if (fact.knownAt > meta.futureFrom) {
      notes.refuseForNow(line, 'The row says that it will be known later.');
    } else {
      const held = batches.get(championship.code);
      if (held) held.push(fact);
      else batches.set(championship.code, [fact]);
    }
  });
  const found: FactBatch[] = [...batches].map(([championship, rows]) => ({ championship, facts: rows }));
  return { ...notes.finish(rowsRead, []), facts: found };
}

function refuseMissingColumns(table: Table, { championship, columns }: FactMapping): void {
  const named = [
    ...Object.values(columns as Record<string, string | undefined>),
    'column' in championship ? championship.column : undefined,
  ];
  const missing = [...new Set(named)].filter((name) => name !== undefined && !table.columns.has(name));
  if (missing.length === 0) return;
  throw new AppError(
    'FILE_COLUMNS',
    `The file lacks the columns ${missing.join(', ')} of the mapping. It has ${table.names.filter(Boolean).slice(0, 12).join(', ')}.`,
    { detail: { missing: missing as string[] } },
  );
}

/** A fact, or the reason (a sentence) for which the row is refused. */
function readFact(
  text: (name: string | undefined) => string,
  mapping: FactMapping,
  line: number,
): FactEntry | string {
  const team = text(mapping.columns.team);
  if (team === '') return 'The team is missing.';
  const knownAt = parseInstant(text(mapping.columns.knownAt), mapping.zone);
  if (Number.isNaN(knownAt)) return `'${text(mapping.columns.knownAt)}' does not say when it was known.`;
  const base = { line, team, knownAt };
  switch (mapping.kind) {
    case 'manager': {
      const name = text(mapping.columns.name);
      return name === '' ? "The manager's name is missing." : { ...base, kind: 'manager', name };
    }
    case 'squad-value': {
      const millionEuros = parseNumber(text(mapping.columns.value)) * mapping.unit;
      if (!(millionEuros > 0)) return `'${text(mapping.columns.value)}' is no value of a squad.`;
      return { ...base, kind: 'squad-value', millionEuros };
    }
    case 'stadium': {
      const latitude = parseNumber(text(mapping.columns.latitude));
      const longitude = parseNumber(text(mapping.columns.longitude));
      if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
        return `'${text(mapping.columns.latitude)}, ${text(mapping.columns.longitude)}' is no place on earth.`;
      }
      return { ...base, kind: 'stadium', name: text(mapping.columns.name) || null, latitude, longitude };
    }
    case 'absence': {
      const player = text(mapping.columns.player);
      if (player === '') return 'The player is missing.';
      const given = text(mapping.columns.backAt);
      // Whoever is back on a day is back when it begins.
      const backAt = given === '' ? null : parseInstant(given, mapping.zone, true);
      if (backAt !== null && !(backAt > knownAt)) {
        return `The return '${given}' is no instant after the absence was known.`;
      }
      const word = text(mapping.columns.reason);
      const isKey = /^(1|true|yes|да|y)$/i.test(text(mapping.columns.isKey));
      return { ...base, kind: 'absence', player, reason: reasonOf(word, mapping.reasons), isKey, backAt };
    }
  }
}

function reasonOf(
  word: string,
  reasons: Readonly<Record<string, 'injury' | 'suspension' | 'other'>>,
): 'injury' | 'suspension' | 'other' {
  if (Object.hasOwn(reasons, word)) return reasons[word]!;
  return word === 'injury' || word === 'suspension' ? word : 'other';
}
