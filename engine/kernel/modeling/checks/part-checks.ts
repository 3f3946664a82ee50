import { hashBytes } from '../../math/hash.ts';
import { columnOf, gradeAbove, percent, skipped } from './check.ts';
import type { Check, CheckPart } from './check.ts';

/** The exact bits of each row, features by name and target, as a key. */
function rowKeys({ features, target }: CheckPart): string[] {
  const width = features.columns.length;
  const order = features.columns
    .map((_, at) => at)
    .sort((a, b) => (features.columns[a]! < features.columns[b]! ? -1 : 1));
  const row = new Float64Array(width + 1);
  const bytes = new Uint8Array(row.buffer);
  return Array.from(target, (label, at) => {
    order.forEach((column, to) => {
      const value = features.values[at * width + column]!;
      row[to] = Number.isNaN(value) ? NaN : value;
    });
    row[width] = label;
    return hashBytes(bytes);
  });
}

/** Rows of later parts that training holds too, to the bit: any warns, more than 1 % fails. */
export const duplicatedRows: Check = {
  name: 'duplicated-rows',
  figureKind: 'share',
  run({ train, later }) {
    const rows = later.reduce((sum, part) => sum + part.target.length, 0);
    if (rows === 0) return skipped('there is no later part');
    const known = new Set(rowKeys(train));
    const duplicates = later.reduce(
      (sum, part) => sum + rowKeys(part).filter((key) => known.has(key)).length,
      0,
    );
    const share = duplicates / rows;
    return {
      status: gradeAbove(share, { warnAbove: 0, failAbove: 0.01 }),
      figure: share,
      sentence: `${duplicates} of ${rows} later rows (${percent(share)}) are training rows too.`,
      detail: { duplicates, rows },
    };
  },
};

/** Rows of an earlier part whose label was not known when the next part's first forecast was made; one is a fail. */
export const overlapInTime: Check = {
  name: 'overlap-in-time',
  figureKind: 'count',
  run({ train, later }) {
    const parts = [train, ...later].filter((part) => part.target.length > 0);
    if (parts.length < 2) return skipped('there is no later part');
    if (parts.some((part) => !part.forecastAt || !part.labelKnownAt))
      return skipped('not every part has its times');
    let overlaps = 0;
    for (const [at, part] of parts.slice(0, -1).entries()) {
      let start = Infinity;
      for (const next of parts.slice(at + 1)) {
        for (let row = 0; row < next.forecastAt!.length; row++)
          start = Math.min(start, next.forecastAt![row]!);
      }
      for (let row = 0; row < part.labelKnownAt!.length; row++)
        if (part.labelKnownAt![row]! > start) overlaps++;
    }
    return {
      status: overlaps > 0 ? 'fail' : 'pass',
      figure: overlaps,
      sentence: `${overlaps} rows have a label that was not known when a later part began.`,
      detail: { rows: overlaps },
    };
  },
};

const driftBins = 10;

/** Population stability index of two samples over ten quantile bins of the first and one for missing values. */
export function populationStability(before: Float64Array, after: Float64Array): number {
  const sorted = before.filter(Number.isFinite).sort();
  const edges = [
    ...new Set(
      Array.from(
        { length: driftBins - 1 },
        (_, k) => sorted[Math.floor(((k + 1) * sorted.length) / driftBins)]!,
      ),
    ),
  ];
  const shares = (sample: Float64Array) => {
    const counts = new Float64Array(edges.length + 2);
    for (const value of sample) {
      let bin = edges.length + 1;
      if (Number.isFinite(value)) {
        bin = 0;
        while (bin < edges.length && value >= edges[bin]!) bin++;
      }
      counts[bin]!++;
    }
    // Half a row in an empty bin keeps the logarithm finite.
    return counts.map((count) => Math.max(count, 0.5) / sample.length);
  };
  const first = shares(before);
  const second = shares(after);
  return first.reduce((sum, share, bin) => sum + (second[bin]! - share) * Math.log(second[bin]! / share), 0);
}

/** Features that drift between training and the last part (stability index above 0.25): any warns, half of them fails. */
export const featureDrift: Check = {
  name: 'feature-drift',
  figureKind: 'share',
  run({ train, later }) {
    const last = later.at(-1);
    if (!last || last.target.length < 50) return skipped('the last part has fewer than 50 rows');
    const drifting = train.features.columns.filter((column, at) => {
      const after = columnOf(last.features, last.features.columns.indexOf(column));
      return populationStability(columnOf(train.features, at), after) > 0.25;
    });
    const share = drifting.length / Math.max(1, train.features.columns.length);
    return {
      status: share > 0.5 ? 'fail' : share > 0 ? 'warn' : 'pass',
      figure: share,
      sentence: `${drifting.length} of ${train.features.columns.length} features drift between training and the last part.`,
      detail: { columns: drifting, share },
    };
  },
};
