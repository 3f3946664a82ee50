import { AppError } from '../../../../contract/errors.ts';
import { dayText } from '../../../../contract/zones.ts';
import { createBatchBuilder } from '../../batch-builder.ts';
import type { BatchBuilder } from '../../batch-builder.ts';
import {
  championships,
  countryName,
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
import { collectionInstant, kickOffOf, resultKnownAt } from '../../rules.ts';
import type { FileContent, FileMeta, ParsedFile } from '../../source.ts';
import { isBlank, readTable } from '../../table.ts';
import type { Table } from '../../table.ts';
import { parseCount, parseDay, parseTime } from '../../values.ts';
import { fieldNames, findFields, findQuoteGroups, statisticNames } from './columns.ts';
import type { Field } from './columns.ts';
import { readQuotes } from './quotes.ts';
import { isWalkover, walkoversCanBeTold } from './walkovers.ts';

/** football-data writes all times on the UK's clock. */
const clock = 'Europe/London';

/** Reads a season file, an extra-league file or a fixtures file; all three are tables with columns by name. */
export function parseFootballData(file: FileContent, meta: FileMeta): ParsedFile {
  const table = readTable(decodeText(file.main).text);
  const fields = findFields(table);
  const isFixtures = meta.hints.isFixtures ?? false;
  requireColumns(table, fields, isFixtures);
  const notes = createNoteTaker();
  const rows = readRows(table, fields, { meta, notes, isFixtures });
  const statisticColumnsOf = statisticNames.map((name) => table.columns.get(name) ?? -1);
  const groups = findQuoteGroups(table);
  const tellsWalkovers = walkoversCanBeTold(rows, groups, statisticColumnsOf);
  const seasons = createSeasonFinder(rows, meta);
  const builders = new Map<string, BatchBuilder>();
  const isDuplicate = createDuplicateCheck();

  for (const row of rows) {
    const { championship, cells, line, day, score } = row;
    const duplicate = isDuplicate(`${championship.code}|${day}|${row.home}|${row.away}`, line);
    if (duplicate) {
      notes.refuse(line, duplicate);
      continue;
    }
    const season = seasons.of(row);
    if (typeof season === 'string') {
      notes.refuse(line, season);
      continue;
    }
    const dayZone = dayZoneOf(championship);
    const kickOff = kickOffOf(day, row.minutes, { clock, day: dayZone });
    const future = score.isPlayed ? futureResult(kickOff, day, meta.futureFrom) : undefined;
    if (future) {
      notes.refuseForNow(line, future);
      continue;
    }
    if (score.warning) notes.warn(line, score.warning);
    if (!score.isPlayed && !isFixtures && kickOff.instant < meta.seenAt) {
      notes.warn(line, 'The match day has passed and there is no result yet.');
    }
    const key = `${championship.code}|${season.code}`;
    let builder = builders.get(key);
    if (!builder) {
      builder = createBatchBuilder(championship, season, { seasonIsGuessed: seasons.isGuessed });
      builders.set(key, builder);
    }
    const awarded = tellsWalkovers && isWalkover(row, groups, statisticColumnsOf);
    if (awarded) {
      notes.warn(
        line,
        `${row.home} v ${row.away} ${score.goals[0]}-${score.goals[1]} has neither odds nor statistics: it is stored as awarded.`,
      );
    }
    builder.add({
      line,
      home: row.home,
      away: row.away,
      day,
      kickOff,
      status: !score.isPlayed ? 'scheduled' : awarded ? 'awarded' : 'finished',
      decidedBy: !score.isPlayed ? null : awarded ? 'award' : 'regular',
      goals: score.goals,
      resultKnownAt: score.isPlayed ? resultKnownAt(day, kickOff, dayZone) : NaN,
      statistics: readStatistics(cells, statisticColumnsOf),
    });
    readQuotes(row, groups, {
      builder,
      notes,
      kickOff,
      preMatchInstant: score.isPlayed ? collectionInstant(day, kickOff, dayZone) : meta.seenAt,
      isPlayed: score.isPlayed,
    });
  }
  return notes.finish(
    table.rows.reduce((count, row) => count + (isBlank(row) ? 0 : 1), 0),
    builders.values(),
  );
}

function requireColumns(table: Table, fields: Record<Field, number>, isFixtures: boolean): void {
  const needed: Field[] = ['date', 'home', 'away'];
  if (!isFixtures) needed.push('homeGoals', 'awayGoals');
  const missing = needed.filter((field) => fields[field] < 0).map((field) => fieldNames[field].join(' or '));
  if (missing.length === 0) return;
  throw new AppError(
    'FILE_COLUMNS',
    `The file lacks the columns ${missing.join(', ')}. It has ${table.names.filter(Boolean).slice(0, 12).join(', ')}.`,
    { detail: { missing } },
  );
}

/** A row that says which match it is. */
export interface FootballDataRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly championship: Championship;
  readonly seasonText: string;
  readonly day: number;
  readonly minutes: number;
  readonly home: string;
  readonly away: string;
  readonly score: Exclude<ReturnType<typeof checkScore>, string>;
}

function readRows(
  table: Table,
  fields: Record<Field, number>,
  options: { meta: FileMeta; notes: NoteTaker; isFixtures: boolean },
): FootballDataRow[] {
  const { meta, notes } = options;
  const expected = meta.hints.championship;
  const rows: FootballDataRow[] = [];
  let unknown: string | undefined;
  let known = 0;
  table.rows.forEach((cells, index) => {
    if (isBlank(cells)) return;
    const line = index + 2;
    const cell = (field: Field) => cells[fields[field]]?.trim() ?? '';
    const written = cell('division') || cell('country');
    const championship = written === '' && expected ? findChampionship(expected) : championshipNamed(written);
    if (!championship) {
      unknown ??= written;
      notes.refuse(
        line,
        written === '' ? 'The row names no division.' : `The division '${written}' is unknown.`,
      );
      return;
    }
    known++;
    if (expected && championship.code !== expected) {
      notes.refuse(line, `The division is ${championship.code}, in a file of ${expected}.`);
      return;
    }
    if (meta.wanted && !meta.wanted.has(championship.code)) return;
    const home = cell('home');
    const away = cell('away');
    const day = parseDay(cell('date'));
    const time = cell('time');
    const minutes = parseTime(time);
    const score = checkScore({
      home: cell('homeGoals'),
      away: cell('awayGoals'),
      result: cell('result'),
      homeHalfTime: cell('homeHalfTime'),
      awayHalfTime: cell('awayHalfTime'),
    });
    const reason = Number.isNaN(day)
      ? `'${cell('date')}' is no date.`
      : home === '' || away === ''
        ? 'A team is missing.'
        : home === away
          ? `${home} cannot play itself.`
          : typeof score === 'string'
            ? score
            : undefined;
    if (reason !== undefined || typeof score === 'string') {
      notes.refuse(line, reason ?? 'The score is impossible.');
      return;
    }
    if (time !== '' && Number.isNaN(minutes))
      notes.warn(line, `'${time}' is no time; the day alone is kept.`);
    rows.push({ line, cells, championship, seasonText: cell('season'), day, minutes, home, away, score });
  });
  if (known === 0 && unknown !== undefined) {
    throw new AppError(
      'FILE_FORMAT',
      `The division '${unknown || 'without a name'}' is unknown: nothing was read.`,
      {
        detail: { division: unknown },
      },
    );
  }
  return rows;
}

/** football-data names main leagues by code and extra leagues by country. */
const byWrittenName = new Map(
  championships.flatMap((one) => {
    const kind = one.sources['football-data'];
    if (kind === undefined) return [];
    const names = kind === 'extra' ? [one.code, countryName(one.country)] : [one.code];
    return names.map((name) => [name, one] as const);
  }),
);

function championshipNamed(written: string): Championship | undefined {
  return byWrittenName.get(written);
}

/** The season of a row: what the row says, else what the file's place says, else what its days say. */
function createSeasonFinder(
  rows: readonly FootballDataRow[],
  meta: FileMeta,
): { of(row: FootballDataRow): Season | string; isGuessed: boolean } {
  const fromPlace = meta.hints.firstYear;
  const isGuessed = meta.hints.isFixtures ?? false;
  const earliest = new Map<string, number>();
  for (const { championship, day } of rows) {
    earliest.set(championship.code, Math.min(earliest.get(championship.code) ?? Infinity, day));
  }
  return {
    isGuessed,
    of({ championship, seasonText, day }) {
      if (seasonText !== '') {
        const firstYear = seasonStart(seasonText, championship.seasonRule);
        return firstYear === undefined ? `'${seasonText}' is no season.` : seasonOf(championship, firstYear);
      }
      if (fromPlace !== undefined) {
        const season = seasonOf(championship, fromPlace);
        return isWithin(season, championship, day)
          ? season
          : `The date ${dayText(day)} is not in the season ${season.code}.`;
      }
      // A season file begins in its first year, however far its end was moved.
      const first = isGuessed ? day : earliest.get(championship.code)!;
      return seasonAt(championship, dayText(first));
    },
  };
}

/** Seasons have begun in June and ended in September of the next year; anything beyond is a slip of the pen. */
function isWithin(season: Season, { seasonRule }: Championship, day: number): boolean {
  const text = dayText(day);
  const last = seasonRule === 'calendar' ? `${season.firstYear + 1}-02-28` : `${season.firstYear + 1}-09-15`;
  const first = seasonRule === 'calendar' ? `${season.firstYear}-01-01` : `${season.firstYear}-06-01`;
  return text >= first && text <= last;
}

function readStatistics(cells: readonly string[], columns: readonly number[]): Float64Array {
  const statistics = new Float64Array(14).fill(NaN);
  for (let i = 0; i < columns.length; i++) {
    const cell = cells[columns[i]!];
    if (cell) statistics[i] = parseCount(cell);
  }
  return statistics;
}
