import { categoryAxis, lineLegend, referenceStyle, timeAxis, valueAxis, withAlpha } from '../chart-theme.ts';
import type { AxisOptions, ChartOption, ChartTheme, LineStyle } from '../chart-theme.ts';

export interface LinePoint {
  /** An instant, a number or a name, the same kind for all points. */
  readonly x: number | string;
  readonly y: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
}

export interface LineSeries {
  readonly name: string;
  readonly points: readonly LinePoint[];
  /** Of the theme's tokens; the series palette in order where none is given. */
  readonly colour?: string;
  /** Lines differ by more than colour. */
  readonly style?: LineStyle;
  readonly isStep?: boolean;
  /** Points are marked: for few of them, or where they are facts. */
  readonly hasPoints?: boolean;
  /** Behind the others: the raw line under a smoothed one. */
  readonly isFaint?: boolean;
}

export interface LineMark {
  readonly at: number | string;
  readonly label: string;
}

export interface LineChartOptions {
  readonly series: readonly LineSeries[];
  readonly xKind: 'time' | 'value' | 'category';
  readonly xName?: string;
  readonly yName?: string;
  readonly yAxis?: AxisOptions;
  /** Text of a value in the tooltip. */
  readonly yText?: (value: number) => string;
  readonly xText?: (value: number | string) => string;
  /** Upright lines, such as the instant of a forecast. */
  readonly marks?: readonly LineMark[];
  /** Level lines, such as a promised coverage. */
  readonly levels?: readonly { readonly value: number; readonly label: string }[];
  /** Wheel and pinch zoom along the x axis. */
  readonly canZoom?: boolean;
}

/** Lines over time, numbers or names; each may have a band of its interval behind it. */
export function lineChart(theme: ChartTheme, options: LineChartOptions): ChartOption {
  const { tokens } = theme;
  const { series, xKind, marks = [] } = options;
  const colourOf = (at: number) => series[at]!.colour ?? tokens.series[at % tokens.series.length]!;
  const text = options.yText ?? ((value: number) => theme.format.number(value, 3));
  const names =
    xKind === 'category'
      ? [...new Set(series.flatMap(({ points }) => points.map(({ x }) => String(x))))]
      : [];
  return {
    grid: {
      top: (series.length > 1 ? 32 : 16) + (marks.length > 0 ? 16 : 0),
      bottom: options.xName === undefined ? 8 : 24,
      left: options.yName === undefined ? 8 : 28,
    },
    ...(series.length > 1 ? { legend: lineLegend(series) } : {}),
    tooltip: { trigger: 'axis', formatter: lineTooltip(options, text, theme) },
    ...(options.canZoom === true ? { dataZoom: [{ type: 'inside', filterMode: 'none' }] } : {}),
    xAxis: xAxis(theme, options, names),
    yAxis: {
      ...valueAxis(theme, {
        isFree: true,
        ...(options.yName === undefined ? {} : { name: options.yName, nameGap: 44 }),
        ...options.yAxis,
      }),
    },
    series: [
      ...series.flatMap((one, at) => bandOf(one, colourOf(at), at)),
      ...series.map((one, at) => lineOf(one, colourOf(at))),
      ...guides(theme, options),
    ],
  };
}

function xAxis(theme: ChartTheme, { xKind, xName }: LineChartOptions, names: readonly string[]): ChartOption {
  const name = xName === undefined ? {} : { name: xName };
  if (xKind === 'time') return timeAxis(theme, name);
  if (xKind === 'category') return categoryAxis(theme, names, name);
  return valueAxis(theme, { isFree: true, ...name });
}

function hasPoints(one: LineSeries): boolean {
  return one.hasPoints ?? one.points.length < 2;
}

function lineOf(one: LineSeries, colour: string): ChartOption {
  return {
    type: 'line',
    name: one.name,
    data: one.points.map(({ x, y }) => [x, y]),
    step: one.isStep === true ? 'end' : false,
    symbol: hasPoints(one) ? 'circle' : 'none',
    symbolSize: 6,
    connectNulls: false,
    sampling: one.points.length > 5000 ? 'lttb' : undefined,
    itemStyle: { color: colour },
    lineStyle: {
      width: one.isFaint === true ? 1 : 2,
      type: one.style ?? 'solid',
      opacity: one.isFaint === true ? 0.35 : 1,
    },
    emphasis: { disabled: one.points.length > 5000 },
    z: 3,
  };
}

/** A band is the room between its lower line, which is not drawn, and what is stacked upon it. */
function bandOf(one: LineSeries, colour: string, at: number): ChartOption[] {
  const points = one.points.filter((point) => isNumber(point.low) && isNumber(point.high));
  if (points.length === 0) return [];
  const common = {
    type: 'line',
    stack: `band${at}`,
    stackStrategy: 'all',
    symbol: 'none',
    silent: true,
    lineStyle: { opacity: 0 },
    tooltip: { show: false },
    step: one.isStep === true ? 'end' : false,
    z: 1,
  };
  return [
    { ...common, data: points.map(({ x, low }) => [x, low]) },
    {
      ...common,
      data: points.map(({ x, low, high }) => [x, high! - low!]),
      areaStyle: { color: withAlpha(colour, 0.16) },
    },
  ];
}

function guides({ tokens }: ChartTheme, options: LineChartOptions): ChartOption[] {
  const { series, marks = [], levels = [] } = options;
  const edges = [...series.flatMap(({ points }) => points), ...marks.map(({ at }) => ({ x: at }))].flatMap(
    ({ x }) => (typeof x === 'number' ? [x] : []),
  );
  if (marks.length === 0 && levels.length === 0) return [];
  const line = { color: tokens.axis, type: 'dashed', width: 1 };
  return [
    {
      type: 'line',
      data: [],
      silent: true,
      markLine: {
        ...referenceStyle,
        data: [
          ...marks.map(({ at, label }) => ({
            xAxis: at,
            lineStyle: line,
            // Over the plot, not along the line: there it would lie upon the figures of the axis.
            label: {
              formatter: escaped(label),
              color: tokens.muted,
              fontSize: 11,
              position: 'end',
              ...alignedWithin(at, edges),
            },
          })),
          ...levels.map(({ value, label }) => ({
            yAxis: value,
            lineStyle: line,
            label: { formatter: escaped(label), color: tokens.muted, fontSize: 11, position: 'insideEndTop' },
          })),
        ],
      },
    },
  ];
}

/** A label upon the left or right third reaches into the plot, not out of it. */
function alignedWithin(at: number | string, edges: readonly number[]): { align?: 'left' | 'right' } {
  if (typeof at !== 'number' || edges.length === 0) return {};
  const low = Math.min(...edges);
  const share = (at - low) / (Math.max(...edges) - low || 1);
  return share < 1 / 3 ? { align: 'left' } : share > 2 / 3 ? { align: 'right' } : {};
}

/** Braces of a label are a template to the library; a function is not. */
function escaped(label: string): () => string {
  return () => label;
}

interface TooltipItem {
  readonly seriesName: string;
  readonly axisValue: number | string;
  readonly value: readonly [number | string, number | null];
}

function lineTooltip(options: LineChartOptions, text: (value: number) => string, theme: ChartTheme) {
  const head =
    options.xText ??
    ((x: number | string) =>
      options.xKind === 'time'
        ? theme.format.instant(Number(x))
        : typeof x === 'number'
          ? theme.format.number(x, 2)
          : x);
  return (items: readonly TooltipItem[]): string => {
    const first = items[0];
    if (first === undefined) return '';
    const lines = options.series.flatMap((one) => {
      const item = items.find(({ seriesName }) => seriesName === one.name);
      if (item === undefined) return [];
      const point = one.points.find(({ x }) => x === item.value[0]);
      if (point === undefined || point.y === null) return [];
      const range =
        isNumber(point.low) && isNumber(point.high) ? ` (${text(point.low)} – ${text(point.high)})` : '';
      return [`${one.name}: ${text(point.y)}${range}`];
    });
    return plain([head(first.axisValue), ...lines]);
  };
}

/** Texts upon the canvas; braces would be read as styles. */
function plain(lines: readonly string[]): string {
  return lines.join('\n').replaceAll(/\{([^|{}]*)\|/g, '($1|');
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
