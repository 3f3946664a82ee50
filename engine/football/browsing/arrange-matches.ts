import { AppError } from '../../contract/errors.ts';
import type { GridFilter, GridFilters, GridSort } from '../../contract/grid.ts';
import { matchColumns } from '../../contract/match-list.ts';
import type { MatchColumn } from '../../contract/match-list.ts';
import { dayNumber } from '../../contract/zones.ts';
import type { MatchIndex } from './match-index.ts';

/** What a list is arranged by. */
export interface Arrangement {
  readonly sort: readonly GridSort[];
  readonly filters: GridFilters;
}

/**
 * Rows of the index that pass all filters, in the order asked for; newest first where none is. Rows that are equal stand
 * by day and kick-off, missing values are last whichever way a column is sorted.
 *
 * @throws AppError `USAGE` for a column that there is not, or a filter that does not fit its column
 */
export function arrangeMatches(index: MatchIndex, { sort, filters }: Arrangement): Int32Array {
  let rows = filtered(index, filters);
  // Equal rows follow the first column's direction, so that a list turned around is the same list backwards.
  if ((sort[0]?.direction ?? 'desc') === 'desc') rows.reverse();
  for (const { column, direction } of sort.toReversed()) {
    rows = sortedBy(rows, ranksOf(index, checkedColumn(column)), direction);
  }
  return rows;
}

function checkedColumn(name: string): Exclude<MatchColumn, 'team'> {
  const column = matchColumns.find((one) => one === name);
  if (column === undefined || column === 'team') {
    throw new AppError('USAGE', `Matches cannot be sorted by ${name}.`, { detail: { column: name } });
  }
  return column;
}

function filtered(index: MatchIndex, filters: GridFilters): Int32Array {
  const tests = Object.entries(filters).map(([column, filter]) => testOf(index, column, filter));
  const rows = new Int32Array(index.count);
  let kept = 0;
  for (let row = 0; row < index.count; row++) {
    let passes = true;
    for (let at = 0; passes && at < tests.length; at++) passes = tests[at]!(row);
    if (passes) rows[kept++] = row;
  }
  return rows.subarray(0, kept);
}

type RowTest = (row: number) => boolean;

function testOf(index: MatchIndex, name: string, filter: GridFilter): RowTest {
  if (name === 'team') {
    const home = testOf(index, 'home', filter);
    const away = testOf(index, 'away', filter);
    return (row) => home(row) || away(row);
  }
  const column = checkedColumn(name);
  const values = index.columns[column];
  const labels = index.labels[column];
  if (filter.kind === 'text' || filter.kind === 'set') {
    if (labels === undefined) throw misfit(name, filter);
    const wanted = labels.map(
      filter.kind === 'set' ? (label) => filter.values.includes(label) : containing(filter.contains),
    );
    // A missing value is NaN, which stands at no place of the list.
    return (row) => wanted[values[row]!] === true;
  }
  if (labels !== undefined || (filter.kind === 'day') !== (column === 'matchDay')) throw misfit(name, filter);
  const [low, high] =
    filter.kind === 'day'
      ? [filter.from && dayNumber(filter.from), filter.until && dayNumber(filter.until)]
      : [filter.min, filter.max];
  const from = typeof low === 'number' ? low : -Infinity;
  const until = typeof high === 'number' ? high : Infinity;
  return (row) => values[row]! >= from && values[row]! <= until;
}

function misfit(column: string, { kind }: GridFilter): AppError {
  return new AppError('USAGE', `Column ${column} cannot be filtered by ${kind}.`, {
    detail: { column, kind },
  });
}

/** Small letters without accents: what is typed finds what is written. */
function containing(typed: string): (label: string) => boolean {
  const folded = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const wanted = folded(typed);
  return (label) => folded(label).includes(wanted);
}

interface Ranks {
  /** Place of each row's value among the values there are; -1 where it is missing. */
  readonly rank: Int32Array;
  readonly count: number;
}

const ranked = new WeakMap<MatchIndex, Map<string, Ranks>>();

/** Ranks of a column, worked out when it is first sorted by. */
function ranksOf(index: MatchIndex, column: Exclude<MatchColumn, 'team'>): Ranks {
  let known = ranked.get(index);
  if (known === undefined) ranked.set(index, (known = new Map()));
  let ranks = known.get(column);
  if (ranks === undefined) known.set(column, (ranks = rankValues(index.columns[column])));
  return ranks;
}

function rankValues(values: Float64Array): Ranks {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  let count = 0;
  for (let at = 0; at < sorted.length; at++) {
    if (at === 0 || sorted[at] !== sorted[at - 1]) sorted[count++] = sorted[at]!;
  }
  const distinct = sorted.subarray(0, count);
  return { rank: Int32Array.from(values, (value) => placeOf(distinct, value)), count };
}

function placeOf(sorted: Float64Array, value: number): number {
  if (Number.isNaN(value)) return -1;
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Counting sort: stable, and two walks over the rows whatever their number. */
function sortedBy(rows: Int32Array, { rank, count }: Ranks, direction: GridSort['direction']): Int32Array {
  // Missing values have the last place of all.
  const placeFor = (row: number) => {
    const place = rank[row]!;
    return place < 0 ? count : direction === 'asc' ? place : count - 1 - place;
  };
  const starts = new Int32Array(count + 2);
  for (const row of rows) starts[placeFor(row) + 1]!++;
  for (let at = 1; at < starts.length; at++) starts[at]! += starts[at - 1]!;
  const sorted = new Int32Array(rows.length);
  for (const row of rows) sorted[starts[placeFor(row)]!++] = row;
  return sorted;
}
