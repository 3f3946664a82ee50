import { categoryAxis, referenceStyle, valueAxis } from '../chart-theme.ts';
import type { AxisOptions, ChartOption, ChartTheme } from '../chart-theme.ts';

export interface IntervalBar {
  readonly name: string;
  readonly value: number;
  readonly low?: number | null;
  readonly high?: number | null;
  readonly colour?: string;
  /** A line more of the tooltip: n, the level. */
  readonly note?: string;
}

export interface IntervalBarsOptions {
  /** From top to bottom. */
  readonly bars: readonly IntervalBar[];
  readonly text: (value: number) => string;
  readonly axis?: AxisOptions;
  /** An upright line, such as what is promised. */
  readonly reference?: { readonly value: number; readonly label: string };
  /** A point with its whiskers instead of a bar: where zero means nothing. */
  readonly isDot?: boolean;
  /** Room for the names in pixels. */
  readonly nameWidth?: number;
}

/** Level bars, or dots, one under another, each with its interval as a whisker. */
export function intervalBars(theme: ChartTheme, options: IntervalBarsOptions): ChartOption {
  const { tokens } = theme;
  const { bars, text, reference, isDot = false } = options;
  const main = isDot
    ? {
        type: 'scatter',
        symbolSize: 9,
        data: bars.map(({ value, colour }, at) => ({ value: [value, at], ...fill(colour) })),
      }
    : { type: 'bar', barMaxWidth: 16, data: bars.map(({ value, colour }) => ({ value, ...fill(colour) })) };
  return {
    grid: { top: reference === undefined ? 8 : 24, bottom: options.axis?.name === undefined ? 8 : 24 },
    tooltip: {
      trigger: 'item',
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const bar = bars[dataIndex];
        if (bar === undefined) return '';
        const range = theme.format.range(bar.low, bar.high, text);
        return [bar.name, bar.low === undefined ? text(bar.value) : `${text(bar.value)} (${range})`, bar.note]
          .filter((line) => line !== undefined)
          .join('\n');
      },
    },
    xAxis: valueAxis(theme, { label: text, ...options.axis, isFree: isDot }),
    yAxis: categoryAxis(
      theme,
      bars.map(({ name }) => name),
      { isInverse: true, width: options.nameWidth ?? 180 },
    ),
    series: [
      {
        ...main,
        itemStyle: { color: tokens.series[0], borderRadius: 2 },
        ...(reference === undefined ? {} : { markLine: referenceLine(theme, reference) }),
      },
      whiskers(theme, bars),
    ],
  };
}

function fill(colour: string | undefined): ChartOption {
  return colour === undefined ? {} : { itemStyle: { color: colour } };
}

function referenceLine(
  { tokens }: ChartTheme,
  { value, label }: { value: number; label: string },
): ChartOption {
  return {
    ...referenceStyle,
    data: [{ xAxis: value }],
    lineStyle: { color: tokens.axis, type: 'dashed', width: 1 },
    // The names run from top to bottom, so the line begins at the top.
    label: { formatter: () => label, color: tokens.muted, fontSize: 11, position: 'start' },
  };
}

interface RenderApi {
  value(dimension: number): number;
  coord(point: readonly [number, number]): [number, number];
}

function whiskers({ tokens }: ChartTheme, bars: readonly IntervalBar[]): ChartOption {
  return {
    type: 'custom',
    silent: true,
    z: 4,
    data: bars.flatMap(({ low, high }, at) =>
      low === null || low === undefined || high === null || high === undefined ? [] : [[low, high, at]],
    ),
    encode: { x: [0, 1], y: 2 },
    tooltip: { show: false },
    renderItem: (_: unknown, api: RenderApi) => {
      const [left, y] = api.coord([api.value(0), api.value(2)]);
      const [right] = api.coord([api.value(1), api.value(2)]);
      const stroke = { stroke: tokens.text, lineWidth: 1.5 };
      const line = (x1: number, y1: number, x2: number, y2: number) => ({
        type: 'line',
        shape: { x1, y1, x2, y2 },
        style: stroke,
      });
      return {
        type: 'group',
        children: [line(left, y, right, y), line(left, y - 4, left, y + 4), line(right, y - 4, right, y + 4)],
      };
    },
  };
}
