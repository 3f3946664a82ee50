import { describe, expect, test, vi } from 'vitest';
import { toCsv, toTsv } from '../../../../renderer/components/delimited.ts';
import { arrangeRows, fits } from '../../../../renderer/components/grid/arrange-rows.ts';
import { movedColumn, withWidth } from '../../../../renderer/components/grid/column-edits.ts';
import { declaredState, fittedState } from '../../../../renderer/components/grid/column-state.ts';
import type { GridColumn } from '../../../../renderer/components/grid/column.ts';
import { selectedAsTsv } from '../../../../renderer/components/grid/copy-cells.ts';
import { givenRows } from '../../../../renderer/components/grid/row-source.ts';
import { createRowWindow } from '../../../../renderer/components/grid/row-window.ts';
import { drawnRows } from '../../../../renderer/components/grid/rows-in-sight.ts';
import type { Sight } from '../../../../renderer/components/grid/rows-in-sight.ts';
import { headRow, moved } from '../../../../renderer/components/grid/selection.ts';
import { summarise } from '../../../../renderer/components/grid/selection-summary.ts';
import { toggledSort } from '../../../../renderer/components/grid/sort-state.ts';
import { fileName } from '../../../../renderer/components/save-file.ts';

interface Row {
  readonly name: string;
  readonly n: number | null;
}

const columns: readonly GridColumn<Row>[] = [
  { id: 'name', title: 'Name', kind: 'text', value: ({ name }) => name, isPinned: true },
  { id: 'n', title: 'N', kind: 'number', value: ({ n }) => n },
  { id: 'late', title: 'Late', kind: 'text', value: () => null, isHidden: true },
];
const rows: readonly Row[] = [
  { name: 'b', n: 2 },
  { name: 'Á', n: null },
  { name: 'c', n: 0.1 },
];

describe('rows that are all here', () => {
  test('are sorted with missing values last, whichever way', () => {
    const names = (direction: 'asc' | 'desc') =>
      arrangeRows(rows, columns, { sort: [{ column: 'n', direction }], filters: {} }).map(({ name }) => name);
    expect(names('asc')).toEqual(['c', 'b', 'Á']);
    expect(names('desc')).toEqual(['b', 'c', 'Á']);
  });

  test('are filtered by all filters together; a missing value fits none', () => {
    const filters = { name: { kind: 'text', contains: 'a' }, n: { kind: 'number', min: -5 } } as const;
    expect(arrangeRows(rows, columns, { sort: [], filters })).toEqual([]);
    expect(fits('Á', { kind: 'text', contains: 'a' })).toBe(true);
    expect(fits('2026-11-21', { kind: 'day', from: '2026-11-21', until: '2026-11-21' })).toBe(true);
    expect(fits(null, { kind: 'set', values: ['null'] })).toBe(false);
  });
});

describe('the order', () => {
  test('goes up, down and away by clicks, and others keep their part when a column is added', () => {
    const up = toggledSort([], 'n', false);
    const down = toggledSort(up, 'n', false);
    expect([up, down, toggledSort(down, 'n', false)]).toEqual([
      [{ column: 'n', direction: 'asc' }],
      [{ column: 'n', direction: 'desc' }],
      [],
    ]);
    expect(toggledSort(toggledSort(up, 'name', true), 'n', true)).toEqual([
      { column: 'n', direction: 'desc' },
      { column: 'name', direction: 'asc' },
    ]);
  });
});

describe('the arrangement of columns', () => {
  test('is fitted to the columns there are: unknown ones go, new ones come where they were declared', () => {
    const stored = { order: ['gone', 'n'], hidden: ['gone'], pinned: [], widths: { n: 120, gone: 90 } };
    expect(fittedState(stored, columns)).toEqual({
      order: ['name', 'n', 'late'],
      hidden: ['late'],
      pinned: ['name'],
      widths: { n: 120 },
    });
    expect(fittedState({ order: 'nonsense' }, columns)).toEqual(declaredState(columns));
  });

  test('moves a column among those that are shown, and keeps it wide enough to be read', () => {
    const state = declaredState(columns);
    expect(movedColumn(state, 'name', 1).order).toEqual(['n', 'name', 'late']);
    expect(movedColumn(state, 'name', -1)).toBe(state);
    expect(withWidth(state, 'n', 1).widths.n).toBe(48);
  });
});

describe('the selection', () => {
  const size = { rows: 10, columns: 3, page: 4 };
  const at = (row: number, column: number) => ({ anchorRow: row, anchorColumn: column, row, column });
  const press = (key: string, from = at(5, 1), held: { ctrl?: boolean; shift?: boolean } = {}) =>
    moved(from, { key, ctrl: false, shift: false, ...held }, size);

  test('moves by keys within the grid, and up to the headings', () => {
    expect(press('ArrowDown')).toEqual(at(6, 1));
    expect(press('PageDown')).toEqual(at(9, 1));
    expect(press('ArrowUp', at(0, 1))).toEqual(at(headRow, 1));
    expect(press('End', at(5, 1), { ctrl: true })).toEqual(at(9, 2));
    expect(press('a')).toBeUndefined();
  });

  test('grows with Shift from where it was begun, never into the headings', () => {
    const grown = press('ArrowUp', at(0, 1), { shift: true });
    expect(grown).toEqual({ anchorRow: 0, anchorColumn: 1, row: 0, column: 1 });
    expect(press('ArrowRight', at(5, 1), { shift: true })).toEqual({
      anchorRow: 5,
      anchorColumn: 1,
      row: 5,
      column: 2,
    });
  });

  test('adds up what is there, and says nothing while a part of it is missing', () => {
    const rectangle = { firstRow: 0, lastRow: 2, firstColumn: 0, lastColumn: 1 };
    expect(summarise(givenRows(rows), columns, rectangle)).toEqual({ n: 2, sum: 2.1, mean: 1.05 });
    expect(
      summarise({ at: (index) => (index === 1 ? undefined : rows[0]) }, columns, rectangle),
    ).toBeUndefined();
  });

  test('is copied with headings and every digit; a single cell by itself', async () => {
    const source = givenRows([{ name: 'a\tb', n: 0.1 + 0.2 }]);
    const signal = new AbortController().signal;
    const whole = { firstRow: 0, lastRow: 0, firstColumn: 0, lastColumn: 1 };
    expect(await selectedAsTsv(source, columns, { rectangle: whole, signal })).toBe(
      'Name\tN\na b\t0.30000000000000004',
    );
    const one = { ...whole, firstColumn: 1 };
    expect(await selectedAsTsv(source, columns, { rectangle: one, signal })).toBe('0.30000000000000004');
  });
});

describe('files', () => {
  test('keep commas, quotes and lines within their cells, and run no formula', () => {
    expect(toCsv([['a,b', 'say "x"', null, 0.1, '=1+1', '-2', -2]])).toBe(
      '\ufeff"a,b","say ""x""",,0.1,\'=1+1,\'-2,-2\r\n',
    );
    expect(toTsv([['a\nb', Number.NaN]])).toBe('a b\t');
  });

  test('have names that every file system takes', () => {
    expect(fileName(['Реал / Мадрид', '<2024>'], 'csv')).toBe('реал-мадрид-2024.csv');
    expect(fileName(['///'], 'png')).toBe('auspex.png');
  });
});

describe('rows in sight', () => {
  const indices = (sight: Sight, count: number) => drawnRows(sight, count).map(({ index }) => index);

  test('are drawn with some beyond either edge, in the order of reading when they rest', () => {
    expect(indices({ row: 10, rows: 2, isMoving: false }, 100)).toEqual([
      5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
    ]);
    expect(indices({ row: 0, rows: 2, isMoving: false }, 3)).toEqual([0, 1, 2]);
    expect(indices({ row: 0, rows: 0, isMoving: false }, 3)).toEqual([]);
    expect(indices({ row: 0, rows: 2, isMoving: false }, 0)).toEqual([]);
  });

  test('keep their elements where they stand while they move', () => {
    const before = drawnRows({ row: 10, rows: 2, isMoving: true }, 100);
    const after = drawnRows({ row: 11, rows: 2, isMoving: true }, 100);
    const kept = after.filter(({ index }) => before.some((one) => one.index === index));
    expect(kept).toHaveLength(11);
    for (const { index, slot } of kept)
      expect(before.find((one) => one.index === index)).toEqual({ index, slot });
    expect(after.map(({ slot }) => slot)).toEqual(
      after.map(({ slot }) => slot).sort((one, two) => one - two),
    );
    expect(new Set(after.map(({ slot }) => slot)).size).toBe(12);
  });

  test('end with the list when it has become shorter', () => {
    expect(indices({ row: 90, rows: 2, isMoving: false }, 20).at(-1)).toBe(19);
    expect(indices({ row: 90, rows: 2, isMoving: false }, 20)).toContain(18);
  });
});

describe('a window of rows', () => {
  test('fetches what is in sight and its neighbours, and aborts what has gone by', async () => {
    vi.useFakeTimers();
    try {
      const asked: { offset: number; signal: AbortSignal }[] = [];
      const window = createRowWindow<number>({
        first: { total: 100, rows: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
        pageSize: 10,
        read: (offset, limit, signal) => {
          asked.push({ offset, signal });
          return offset === 50
            ? Promise.resolve({ total: 100, rows: Array.from({ length: limit }, (_, at) => offset + at) })
            : new Promise(() => {});
        },
      });
      window.want(50, 55);
      window.want(52, 57);
      expect(asked).toEqual([]);
      await vi.advanceTimersByTimeAsync(60);
      expect(asked.map(({ offset }) => offset)).toEqual([50, 60, 40]);
      expect([window.at(0), window.at(53), window.at(41)]).toEqual([0, 53, undefined]);
      window.want(0, 5);
      await vi.advanceTimersByTimeAsync(60);
      expect(asked.map(({ signal }) => signal.aborted)).toEqual([false, true, true, false]);
    } finally {
      vi.useRealTimers();
    }
  });

  test('asks for what is in sight even while rows keep moving', async () => {
    vi.useFakeTimers();
    try {
      const asked: number[] = [];
      const window = createRowWindow<number>({
        first: { total: 1000, rows: [] },
        pageSize: 10,
        read: (offset) => {
          asked.push(offset);
          return new Promise(() => {});
        },
      });
      for (const row of [100, 200, 300, 400]) {
        window.want(row, row + 5);
        await vi.advanceTimersByTimeAsync(40);
      }
      expect(asked).toEqual([200, 400]);
    } finally {
      vi.useRealTimers();
    }
  });

  test('keeps its error until something goes well', async () => {
    vi.useFakeTimers();
    try {
      let fails = true;
      const window = createRowWindow<number>({
        first: { total: 40, rows: [] },
        pageSize: 10,
        read: () => (fails ? Promise.reject(new Error('away')) : Promise.resolve({ total: 40, rows: [1] })),
      });
      window.want(20, 25);
      await vi.advanceTimersByTimeAsync(60);
      expect(window.error()).toMatchObject({ message: 'away' });
      fails = false;
      window.retry();
      await vi.advanceTimersByTimeAsync(60);
      expect(window.error()).toBeUndefined();
      expect(window.at(20)).toBe(1);
    } finally {
      vi.useRealTimers();
    }
  });
});
