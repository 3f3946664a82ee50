import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Day } from '../../../contract/domain.ts';
import { AppError } from '../../../contract/errors.ts';
import { dayNumber, dayText } from '../../../contract/zones.ts';
import { writeFileAtomic } from '../../../runtime/files.ts';
import { championshipOf, seasonAt } from '../championships.ts';
import { oddsColumns, priceMatch } from './bookmakers.ts';
import { hockeyFiles } from './hockey-files.ts';
import { readSampleSettings } from './settings.ts';
import type { SampleSettings } from './settings.ts';
import { countMatch, statisticNames } from './statistics.ts';
import { playLeague } from './world.ts';
import type { WorldMatch } from './world.ts';

export interface SampleFiles {
  /** Relative paths of all files of the sample. */
  readonly files: readonly string[];
  /** Those of them whose content is new. */
  readonly written: readonly string[];
  readonly matches: number;
  readonly fixtures: number;
}

/** Where the files of ice hockey lie within the sample: another source reads them. */
const hockeyFolder = 'baltbet';

/** The runs that read the sample: one a source, each with its own championships. */
export function samplePipelines(folder: string): { source: string; from: string; championships: string[] }[] {
  const { leagues } = readSampleSettings();
  const codesOf = (isHockey: boolean) =>
    leagues
      .map(({ code }) => code)
      .filter((code) => (championshipOf(code).sport === 'ice-hockey') === isHockey);
  return [
    { source: 'football-data', from: folder, championships: codesOf(false) },
    { source: 'baltbet', from: join(folder, hockeyFolder), championships: codesOf(true) },
  ];
}

/**
 * Writes the sample championships. Those of football as football-data does: `X1/2122.csv` and so on with all results
 * before `today`, and `fixtures.csv` with the matches to come; ice hockey as BaltBet does, in `baltbet/`. A later day continues the same world: what was a fixture gets its result, and
 * everything written before stays byte for byte.
 *
 * @param today results before this day are known
 * @param folder made if it is missing; nothing else should be in it
 */
export async function makeSample(options: {
  today: Day;
  folder: string;
  settings?: SampleSettings;
}): Promise<SampleFiles> {
  const settings = options.settings ?? readSampleSettings();
  const today = dayNumber(options.today);
  if (
    Number.isNaN(today) ||
    Number(options.today.slice(0, 4)) < settings.firstSeason + settings.seasonsWritten
  ) {
    throw new AppError('USAGE', `The sample championships have no present on '${options.today}'.`);
  }
  const contents = new Map<string, string>();
  const coming: string[] = [];
  let matches = 0;
  let fixtures = 0;
  for (const league of settings.leagues) {
    const championship = championshipOf(league.code);
    const current = seasonAt(championship, options.today).firstYear;
    // One season more, because the next fixtures may be those of a season that has not begun.
    const seasons = playLeague(league, settings, { until: current + 1, kept: settings.seasonsWritten + 1 });
    const ahead = seasons.flatMap((season) => season.matches).filter(({ day }) => day >= today);
    const near = announced(ahead, today, settings.fixtureDays);
    fixtures += near.length;
    if (championship.sport === 'ice-hockey') {
      matches += seasons.flatMap((season) => season.matches).filter(({ day }) => day < today).length;
      const files = hockeyFiles(championship, seasons, { today, announced: new Set(near) });
      for (const [name, content] of files) contents.set(`${hockeyFolder}/${name}`, content);
      continue;
    }
    for (const { firstYear, matches: all } of seasons) {
      const played = all.filter(({ day }) => day < today).sort(byTime);
      if (played.length === 0) continue;
      matches += played.length;
      const rows = played.map((match) => resultRow(league.code, match));
      contents.set(fileName(league.code, firstYear), table(resultColumns(), rows));
    }
    coming.push(...near.map((match) => fixtureRow(league.code, match)));
  }
  contents.set('fixtures.csv', table(fixtureColumns(), coming));
  const written = await writeChanged(options.folder, contents);
  return { files: [...contents.keys()], written, matches, fixtures };
}

function byTime(a: WorldMatch, b: WorldMatch): number {
  return a.day - b.day || (a.time < b.time ? -1 : a.time > b.time ? 1 : 0) || (a.home < b.home ? -1 : 1);
}

/** What is announced: the next days, and at least the next two rounds. */
function announced(ahead: readonly WorldMatch[], today: number, days: number): WorldMatch[] {
  const sorted = ahead.toSorted(byTime);
  const near = sorted.filter(({ day }) => day < today + days);
  const rounds = [...new Set(sorted.map(({ round }) => round))].slice(0, 2);
  const next = sorted.filter(({ round, day }) => rounds.includes(round) && day < sorted[0]!.day + 15);
  return next.length > near.length ? next : near;
}

function fileName(code: string, firstYear: number): string {
  const two = (year: number) => String(year % 100).padStart(2, '0');
  const isCalendar = championshipOf(code).seasonRule === 'calendar';
  return `${code}/${isCalendar ? firstYear : two(firstYear) + two(firstYear + 1)}.csv`;
}

const matchColumns = ['Div', 'Date', 'Time', 'HomeTeam', 'AwayTeam'];

function resultColumns(): string[] {
  const scores = ['FTHG', 'FTAG', 'FTR', 'HTHG', 'HTAG', 'HTR'];
  return [
    ...matchColumns,
    ...scores,
    ...statisticNames,
    ...oddsColumns('preMatch'),
    ...oddsColumns('closing'),
  ];
}

function fixtureColumns(): string[] {
  return [...matchColumns, ...oddsColumns('preMatch')];
}

function resultRow(code: string, match: WorldMatch): string {
  const { halfTime, statistics } = countMatch(match);
  const scores = [match.homeGoals, match.awayGoals, letter(match.homeGoals, match.awayGoals)];
  const half = [...halfTime, letter(...halfTime)];
  const odds = [...priceMatch(match, 'preMatch'), ...priceMatch(match, 'closing')];
  return [...matchCells(code, match), ...scores, ...half, ...statistics, ...odds].join(',');
}

function fixtureRow(code: string, match: WorldMatch): string {
  return [...matchCells(code, match), ...priceMatch(match, 'preMatch')].join(',');
}

function matchCells(code: string, { day, time, home, away }: WorldMatch): string[] {
  const [year, month, date] = dayText(day).split('-');
  return [code, `${date}/${month}/${year}`, time, home, away];
}

function letter(home: number, away: number): string {
  return home > away ? 'H' : home < away ? 'A' : 'D';
}

function table(columns: readonly string[], rows: readonly string[]): string {
  return `${[columns.join(','), ...rows].join('\r\n')}\r\n`;
}

/** Writes what differs from what is there. */
async function writeChanged(folder: string, contents: ReadonlyMap<string, string>): Promise<string[]> {
  const written: string[] = [];
  for (const [name, content] of contents) {
    const path = join(folder, ...name.split('/'));
    const before = await readFile(path, 'utf8').catch(() => undefined);
    if (before === content) continue;
    await writeFileAtomic(path, content);
    written.push(name);
  }
  return written;
}
