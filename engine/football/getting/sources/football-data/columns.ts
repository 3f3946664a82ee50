import type { Bookmaker } from '../../../../../db/storage/football/match-batch.ts';
import { markets, phases } from '../../../../../db/storage/football/match-batch.ts';
import type { Table } from '../../table.ts';

/** The bookmakers of football-data's column prefixes (its `notes.txt`). */
const bookmakers = new Map<string, Bookmaker>(
  (
    [
      ['1XB', '1xBet', 'bookmaker'],
      ['B365', 'Bet365', 'bookmaker'],
      ['BF', 'Betfair', 'bookmaker'],
      ['BFD', 'Betfred', 'bookmaker'],
      ['BFE', 'Betfair Exchange', 'exchange'],
      ['BMGM', 'BetMGM', 'bookmaker'],
      ['BS', 'Blue Square', 'bookmaker'],
      ['BV', 'BetVictor', 'bookmaker'],
      ['BW', 'Bet&Win', 'bookmaker'],
      ['CL', 'Coral', 'bookmaker'],
      ['GB', 'Gamebookers', 'bookmaker'],
      ['IW', 'Interwetten', 'bookmaker'],
      ['LB', 'Ladbrokes', 'bookmaker'],
      ['PS', 'Pinnacle', 'bookmaker'],
      ['SB', 'Sportingbet', 'bookmaker'],
      ['SJ', 'Stan James', 'bookmaker'],
      ['SO', 'Sporting Odds', 'bookmaker'],
      ['SY', 'Stanleybet', 'bookmaker'],
      ['VC', 'VC Bet', 'bookmaker'],
      ['WH', 'William Hill', 'bookmaker'],
      ['Max', 'Best of the market', 'best'],
      ['Avg', 'Market average', 'average'],
      ['BbMx', 'Best of the market (Betbrain)', 'best'],
      ['BbAv', 'Market average (Betbrain)', 'average'],
    ] as const
  ).map(([code, name, kind]) => [code, { code, name, kind }]),
);

/** In totals and handicaps Pinnacle's prefix is shorter. */
const shorter: Readonly<Record<string, string>> = { P: 'PS' };

/** Slips in the source's own headers. */
const misspelt: Readonly<Record<string, string>> = { B36CA: 'B365CA' };

const prefixes = [...bookmakers.keys(), ...Object.keys(shorter)].sort((a, b) => b.length - a.length);
const price = new RegExp(`^(${prefixes.join('|')})(C?)(H|>2\\.5|AHH)$`);

/** The prices of one bookmaker's market: where they stand in a row. */
export interface QuoteGroup {
  readonly market: number;
  readonly bookmaker: Bookmaker;
  readonly phase: number;
  readonly columns: readonly number[];
  /** Column of the handicap; undefined where the line is fixed. */
  readonly lineColumn: number | undefined;
  readonly fixedLine: number;
}

const siblings = {
  H: ['H', 'D', 'A'],
  '>2.5': ['>2.5', '<2.5'],
  AHH: ['AHH', 'AHA'],
} as const;

/**
 * Finds every group of prices in a header by its names: 1X2 (`B365H/D/A`), totals (`B365>2.5`, `B365<2.5`) and Asian
 * handicaps (`B365AHH/AHA` on the bookmaker's own line `B365AH`, else the market's `AHh`, `AHCh` or `BbAHh`); a `C`
 * after the prefix is the closing price.
 */
export function findQuoteGroups(table: Table): QuoteGroup[] {
  const columns = new Map(table.columns);
  for (const [wrong, right] of Object.entries(misspelt)) {
    const column = columns.get(wrong);
    if (column !== undefined && !columns.has(right)) columns.set(right, column);
  }
  const groups: QuoteGroup[] = [];
  for (const name of columns.keys()) {
    const match = price.exec(name);
    if (!match) continue;
    const [, prefix, closing, kind] = match as unknown as [string, string, string, keyof typeof siblings];
    const found = siblings[kind].map((suffix) => columns.get(`${prefix}${closing}${suffix}`));
    const lineColumn =
      kind === 'AHH'
        ? (columns.get(`${prefix}${closing}AH`) ??
          columns.get(prefix.startsWith('Bb') ? 'BbAHh' : closing === '' ? 'AHh' : 'AHCh'))
        : undefined;
    if (found.includes(undefined) || (kind === 'AHH' && lineColumn === undefined)) continue;
    groups.push({
      market: kind === 'H' ? markets['1x2'] : kind === 'AHH' ? markets['asian-handicap'] : markets.total,
      bookmaker: bookmakers.get(shorter[prefix] ?? prefix)!,
      phase: closing === '' ? phases.preMatch : phases.closing,
      columns: found as number[],
      lineColumn,
      fixedLine: kind === '>2.5' ? 2.5 : 0,
    });
  }
  return groups;
}

/** football-data's columns in the order of `statisticColumns`. */
export const statisticNames = [
  'HS',
  'AS',
  'HST',
  'AST',
  'HC',
  'AC',
  'HF',
  'AF',
  'HY',
  'AY',
  'HR',
  'AR',
] as const;

/** Column names under which the same thing stands: season files, extra leagues, files of the nineties. */
export const fieldNames = {
  division: ['Div'],
  country: ['Country'],
  season: ['Season'],
  date: ['Date'],
  time: ['Time'],
  home: ['HomeTeam', 'Home', 'HT'],
  away: ['AwayTeam', 'Away', 'AT'],
  homeGoals: ['FTHG', 'HG'],
  awayGoals: ['FTAG', 'AG'],
  result: ['FTR', 'Res'],
  homeHalfTime: ['HTHG'],
  awayHalfTime: ['HTAG'],
} as const;
export type Field = keyof typeof fieldNames;

/** Where each field stands; -1 where the file has no such column. */
export function findFields(table: Table): Record<Field, number> {
  return Object.fromEntries(
    Object.entries(fieldNames).map(([field, names]) => [
      field,
      names.map((name) => table.columns.get(name)).find((column) => column !== undefined) ?? -1,
    ]),
  ) as Record<Field, number>;
}
