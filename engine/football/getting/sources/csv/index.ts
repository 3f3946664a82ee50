import { join } from 'node:path';
import { markets, phases } from '../../../../../db/storage/football/match-batch.ts';
import { AppError } from '../../../../contract/errors.ts';
import { dayText } from '../../../../contract/zones.ts';
import { createBatchBuilder } from '../../batch-builder.ts';
import type { BatchBuilder } from '../../batch-builder.ts';
import {
  championshipOf,
  dayZoneOf,
  findChampionship,
  seasonAt,
  seasonOf,
  seasonStart,
} from '../../championships.ts';
import type { Championship, Season } from '../../championships.ts';
import { decodeText } from '../../decode.ts';
import { createNoteTaker } from '../../notes.ts';
import type { NoteTaker } from '../../notes.ts';
import { checkScore, createDuplicateCheck, futureResult } from '../../row-check.ts';
import { absurdity, collectionInstant, kickOffOf, resultKnownAt } from '../../rules.ts';
import type { KickOff } from '../../rules.ts';
import type { FileContent, FileMeta, ListRequest, ParsedFile, Source, SourceItem } from '../../source.ts';
import { isBlank, readTable } from '../../table.ts';
import type { Table } from '../../table.ts';
import { parseCount, parseDay, parseNumber, parseTime } from '../../values.ts';
import { readMapping, statisticFields } from './mapping.ts';
import type { Mapping } from './mapping.ts';

/**
 * Any table of matches, with a mapping that says what its columns mean. Prices of unknown instant get the same rule as
 * football-data's: pre-match ones the latest Tuesday or Friday before, closing ones the kick-off.
 */
export const csv: Source = {
  name: 'csv',
  parserVersion: 1,
  storedName: (mapping) => readMapping(mapping).source,
  list,
  parse,
};

function list({ origin, mapping }: ListRequest): SourceItem[] {
  readMapping(mapping);
  if (origin.kind === 'address') {
    const key = origin.address.split('/').at(-1) ?? origin.address;
    return [{ key, address: origin.address, hints: {} }];
  }
  return origin.files
    .filter((file) => /\.(csv|tsv|txt)$/i.test(file))
    .sort()
    .map((file) => ({ key: file, address: join(origin.path, file), hints: {} }));
}

function parse(file: FileContent, meta: FileMeta): ParsedFile {
  const mapping = readMapping(meta.mapping);
  const table = readTable(decodeText(file.main, mapping.encoding).text, mapping.delimiter);
  const columns = findColumns(table, mapping);
  const notes = createNoteTaker();
  const builders = new Map<string, BatchBuilder>();
  const isDuplicate = createDuplicateCheck();
  let rowsRead = 0;

  table.rows.forEach((cells, index) => {
    if (isBlank(cells)) return;
    rowsRead++;
    const line = index + 2;
    const row = readRow(cells, { mapping, columns, meta });
    if (row === undefined) return;
    const reason =
      typeof row === 'string'
        ? row
        : isDuplicate(`${row.championship.code}|${row.day}|${row.home}|${row.away}`, line);
    if (typeof row === 'string' || reason) {
      notes.refuse(line, String(reason));
      return;
    }
    const future = row.score.isPlayed ? futureResult(row.kickOff, row.day, meta.futureFrom) : undefined;
    if (future) {
      notes.refuseForNow(line, future);
      return;
    }
    if (row.score.warning) notes.warn(line, row.score.warning);
    const { championship, season, kickOff, day, score } = row;
    const key = `${championship.code}|${season.code}`;
    let builder = builders.get(key);
    if (!builder) {
      builder = createBatchBuilder(championship, season, { seasonIsGuessed: row.seasonIsGuessed });
      builders.set(key, builder);
    }
    const dayZone = dayZoneOf(championship);
    builder.add({
      line,
      home: row.home,
      away: row.away,
      day,
      kickOff,
      status: score.isPlayed ? 'finished' : 'scheduled',
      decidedBy: score.isPlayed ? 'regular' : null,
      goals: score.goals,
      resultKnownAt: score.isPlayed ? resultKnownAt(day, kickOff, dayZone) : NaN,
      round: columns.text(cells, mapping.columns.round) || null,
      statistics: statisticFields.map((field) => {
        const text = columns.text(cells, mapping.columns[field]);
        return field.endsWith('ExpectedGoals') ? parseNumber(text) : parseCount(text);
      }),
    });
    const preMatchInstant = score.isPlayed ? collectionInstant(day, kickOff, dayZone) : meta.seenAt;
    readQuotes(cells, {
      mapping,
      columns,
      builder,
      notes,
      line,
      kickOff,
      preMatchInstant,
      isPlayed: score.isPlayed,
    });
  });
  return notes.finish(rowsRead, builders.values());
}

interface Columns {
  /** The trimmed text of a named column; empty where the mapping names none. */
  text(cells: readonly string[], name: string | undefined): string;
}

function findColumns(table: Table, mapping: Mapping): Columns {
  const named = [
    ...Object.values(mapping.columns).filter((name) => name !== undefined),
    ...('column' in mapping.championship ? [mapping.championship.column] : []),
    ...(mapping.season && 'column' in mapping.season ? [mapping.season.column] : []),
    ...mapping.odds.flatMap(({ columns, line }) => (typeof line === 'string' ? [...columns, line] : columns)),
  ];
  const missing = [...new Set(named)].filter((name) => !table.columns.has(name));
  if (missing.length > 0) {
    throw new AppError(
      'FILE_COLUMNS',
      `The file lacks the columns ${missing.join(', ')} of the mapping. It has ${table.names.filter(Boolean).slice(0, 12).join(', ')}.`,
      { detail: { missing } },
    );
  }
  return {
    text: (cells, name) => (name === undefined ? '' : (cells[table.columns.get(name)!]?.trim() ?? '')),
  };
}

interface CsvRow {
  readonly championship: Championship;
  readonly season: Season;
  readonly seasonIsGuessed: boolean;
  readonly day: number;
  readonly kickOff: KickOff;
  readonly home: string;
  readonly away: string;
  readonly score: Exclude<ReturnType<typeof checkScore>, string>;
}

/** A row, the reason to refuse it, or undefined where nobody wants it. */
function readRow(
  cells: readonly string[],
  known: { mapping: Mapping; columns: Columns; meta: FileMeta },
): CsvRow | string | undefined {
  const { mapping, columns, meta } = known;
  const text = (name: string | undefined) => columns.text(cells, name);
  const written = 'column' in mapping.championship ? text(mapping.championship.column) : undefined;
  const code =
    'column' in mapping.championship ? mapping.championship.codes[written!] : mapping.championship.code;
  // Without a column the code stands in the mapping, whose author wants to hear that it is wrong.
  const championship = written === undefined ? championshipOf(code!) : findChampionship(code ?? '');
  if (!championship) return `The mapping has no code for the championship '${written}'.`;
  if (meta.wanted && !meta.wanted.has(championship.code)) return undefined;
  const names = mapping.columns;
  const day = parseDay(text(names.date));
  if (Number.isNaN(day)) return `'${text(names.date)}' is no date.`;
  const home = text(names.home);
  const away = text(names.away);
  if (home === '' || away === '') return 'A team is missing.';
  if (home === away) return `${home} cannot play itself.`;
  const score = checkScore({
    home: text(names.homeGoals),
    away: text(names.awayGoals),
    result: text(names.result),
    homeHalfTime: text(names.homeGoalsHalfTime),
    awayHalfTime: text(names.awayGoalsHalfTime),
  });
  if (typeof score === 'string') return score;
  const clock = mapping.zone ?? championship.zone;
  const kickOff = kickOffOf(day, parseTime(text(names.time)), { clock, day: dayZoneOf(championship) });
  const seasonText =
    mapping.season && ('value' in mapping.season ? mapping.season.value : text(mapping.season.column));
  const firstYear = seasonText ? seasonStart(seasonText, championship.seasonRule) : undefined;
  if (seasonText && firstYear === undefined) return `'${seasonText}' is no season.`;
  const season =
    firstYear === undefined ? seasonAt(championship, dayText(day)) : seasonOf(championship, firstYear);
  return { championship, season, seasonIsGuessed: firstYear === undefined, day, kickOff, home, away, score };
}

function readQuotes(
  cells: readonly string[],
  target: {
    mapping: Mapping;
    columns: Columns;
    builder: BatchBuilder;
    notes: NoteTaker;
    line: number;
    kickOff: KickOff;
    preMatchInstant: number;
    isPlayed: boolean;
  },
): void {
  for (const { bookmaker, market, phase, columns, line } of target.mapping.odds) {
    const isClosing = phase === 'closing';
    if (!target.isPlayed && (isClosing || target.preMatchInstant >= target.kickOff.instant)) continue;
    const texts = columns.map((name) => target.columns.text(cells, name));
    if (texts.every((text) => text === '')) continue;
    const prices = texts.map(parseNumber);
    const lineValue = (typeof line === 'number' ? line : parseNumber(target.columns.text(cells, line))) + 0;
    const winners = market === 'double-chance' ? 2 : 1;
    const reason = Number.isNaN(lineValue)
      ? 'the line is no number'
      : absurdity(prices, bookmaker.kind === 'best', winners);
    if (reason) {
      target.notes.warn(target.line, `${bookmaker.code}'s ${market} odds are refused: ${reason}.`);
      continue;
    }
    target.builder.addQuote({
      market: markets[market],
      bookmaker: { code: bookmaker.code, name: bookmaker.name ?? bookmaker.code, kind: bookmaker.kind },
      phase: phases[phase],
      line: lineValue,
      instant: isClosing ? target.kickOff.instant : target.preMatchInstant,
      prices,
    });
  }
}
