import { valueAxis } from '../chart-theme.ts';
import type { ChartOption, ChartTheme } from '../chart-theme.ts';

export interface BeeswarmRow {
  readonly name: string;
  /** `x` is the contribution, `level` where the feature's own value lies, from 0 (lowest) to 1 (highest). */
  readonly points: readonly { readonly x: number; readonly level: number | null }[];
}

export interface BeeswarmOptions {
  /** From top to bottom. */
  readonly rows: readonly BeeswarmRow[];
  readonly axisName: string;
  readonly text: (value: number) => string;
  readonly words: { readonly low: string; readonly high: string };
}

const binsAcross = 80;

/** Contributions of features, a point per match; points of like value stand beside one another, not upon each other. */
export function beeswarm(theme: ChartTheme, options: BeeswarmOptions): ChartOption {
  const { tokens } = theme;
  const { rows, text, words } = options;
  const all = rows.flatMap(({ points }) => points.map(({ x }) => x));
  const low = Math.min(...all, 0);
  const width = (Math.max(...all, 0) - low) / binsAcross || 1;
  const data = rows.flatMap(({ name, points }, row) =>
    spread(points, low, width).map(({ x, level, offset }) => ({
      value: [x, rows.length - 1 - row + offset, level ?? 0.5],
      name,
      ...(level === null ? { itemStyle: { color: tokens.edge } } : {}),
    })),
  );
  return {
    grid: { top: 8, bottom: 56, left: 8 },
    tooltip: {
      formatter: ({ name, value }: { name: string; value: readonly number[] }) =>
        `${name}\n${text(value[0]!)}`,
    },
    visualMap: {
      type: 'continuous',
      dimension: 2,
      min: 0,
      max: 1,
      text: [words.high, words.low],
      orient: 'horizontal',
      left: 'center',
      bottom: 0,
      itemWidth: 10,
      itemHeight: 120,
      calculable: false,
      textStyle: { color: tokens.muted, fontSize: 11 },
      inRange: {
        color: [tokens.diverging[tokens.diverging.length - 1]!, tokens.series[3]!, tokens.diverging[0]!],
      },
    },
    xAxis: valueAxis(theme, { name: options.axisName, label: text }),
    yAxis: {
      ...valueAxis(theme, { min: -0.5 as number, max: rows.length - 0.5 }),
      interval: 1,
      splitLine: { show: false },
      axisLabel: {
        color: tokens.axis,
        fontSize: 11,
        width: 180,
        overflow: 'truncate',
        // Ticks lie half way between the rows, because the axis begins half a row below the first.
        formatter: (value: number) =>
          Number.isInteger(value) ? (rows[rows.length - 1 - value]?.name ?? '') : '',
        customValues: rows.map((_, at) => at),
      },
      axisTick: { show: false, customValues: rows.map((_, at) => at) },
    },
    series: [
      { type: 'scatter', data, symbolSize: 4, large: false, progressive: 4000, itemStyle: { opacity: 0.75 } },
    ],
  };
}

interface Placed {
  readonly x: number;
  readonly level: number | null;
  readonly offset: number;
}

/** Piles up points of the same narrow bin, alternately above and below the row's line. */
function spread(points: BeeswarmRow['points'], low: number, width: number): Placed[] {
  const counts = new Map<number, number>();
  const bins = points.map(({ x }) => Math.floor((x - low) / width));
  for (const bin of bins) counts.set(bin, (counts.get(bin) ?? 0) + 1);
  const most = Math.max(...counts.values(), 1);
  const step = 0.8 / Math.max(most, 12);
  const seen = new Map<number, number>();
  return points.map(({ x, level }, at) => {
    const place = seen.get(bins[at]!) ?? 0;
    seen.set(bins[at]!, place + 1);
    const side = place % 2 === 0 ? 1 : -1;
    return { x, level, offset: side * Math.ceil(place / 2) * step };
  });
}
