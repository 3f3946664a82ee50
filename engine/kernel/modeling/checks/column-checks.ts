import { columnOf, evenRows, gradeAbove, percent } from './check.ts';
import type { Check } from './check.ts';

/** The column with most missing values in training: above 30 % warns, an all but empty one (99 %) fails. */
export const missingShare: Check = {
  name: 'missing-share',
  figureKind: 'share',
  run({ train }) {
    let figure = 0;
    let worst = '';
    const above: string[] = [];
    train.features.columns.forEach((column, at) => {
      const values = columnOf(train.features, at);
      const share = values.filter(Number.isNaN).length / Math.max(1, values.length);
      if (share > 0.3) above.push(column);
      if (share > figure) {
        figure = share;
        worst = column;
      }
    });
    return {
      status: gradeAbove(figure, { warnAbove: 0.3, failAbove: 0.99 }),
      figure,
      sentence: worst
        ? `${worst} misses ${percent(figure)} of its values, the most of all.`
        : 'No value is missing.',
      detail: { column: worst, share: figure, columns: above },
    };
  },
};

/** Columns of which one value holds more than 99.5 % (1: constant); they warn, and teach nothing. */
export const constantColumns: Check = {
  name: 'constant-columns',
  figureKind: 'count',
  run({ train }) {
    const constant: string[] = [];
    const nearly: string[] = [];
    train.features.columns.forEach((column, at) => {
      const counts = new Map<number, number>();
      let seen = 0;
      for (const value of columnOf(train.features, at)) {
        if (Number.isNaN(value)) continue;
        seen++;
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      if (seen === 0) return;
      const share = Math.max(...counts.values()) / seen;
      if (share === 1) constant.push(column);
      else if (share > 0.995) nearly.push(column);
    });
    const figure = constant.length + nearly.length;
    return {
      status: gradeAbove(figure, { warnAbove: 0, failAbove: Infinity }),
      figure,
      sentence: `${constant.length} columns are constant and ${nearly.length} nearly so.`,
      detail: { constant, nearly },
    };
  },
};

/** Enough rows to tell a correlation of 0.95 from 0.9 for certain. */
const sampledRows = 5000;

/** Pairs of columns that correlate above 0.98 in absolute value over at most 5,000 evenly spaced training rows; they warn. */
export const correlatedPairs: Check = {
  name: 'correlated-pairs',
  figureKind: 'number',
  run({ train }) {
    const { columns, values } = train.features;
    const rows = evenRows(train.features.rows, sampledRows);
    // Standardised columns with missing values at the mean make each correlation one inner product.
    const standardised = columns.map((_, at) => {
      const column = Float64Array.from(rows, (row) => values[row * columns.length + at]!);
      const seen = column.filter(Number.isFinite);
      const mean = seen.reduce((sum, value) => sum + value, 0) / seen.length;
      const centred = column.map((value) => (Number.isFinite(value) ? value - mean : 0));
      const norm = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0));
      return norm > 0 ? centred.map((value) => value / norm) : undefined;
    });
    const pairs: string[] = [];
    let figure = 0;
    for (let i = 0; i < columns.length; i++) {
      const first = standardised[i];
      if (!first) continue;
      for (let j = i + 1; j < columns.length; j++) {
        const second = standardised[j];
        if (!second) continue;
        let product = 0;
        for (let row = 0; row < first.length; row++) product += first[row]! * second[row]!;
        figure = Math.max(figure, Math.abs(product));
        if (Math.abs(product) > 0.98) pairs.push(`${columns[i]} ~ ${columns[j]}`);
      }
    }
    return {
      status: gradeAbove(figure, { warnAbove: 0.98, failAbove: Infinity }),
      figure,
      sentence: `${pairs.length} pairs of columns all but repeat each other; the closest correlates at ${figure.toFixed(3)}.`,
      detail: { pairs, largest: figure },
    };
  },
};
