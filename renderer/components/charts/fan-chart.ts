import { lineLegend, referenceStyle, timeAxis, valueAxis, withAlpha } from '../chart-theme.ts';
import type { ChartOption, ChartTheme } from '../chart-theme.ts';

export interface FanPoint {
  /** An instant or a number of steps. */
  readonly x: number;
  /** Ends of the bands from the outermost to the innermost: as many lows as highs. */
  readonly lows: readonly number[];
  readonly highs: readonly number[];
  readonly median: number;
}

export interface FanChartOptions {
  readonly fan: readonly FanPoint[];
  /** Levels of the bands, outermost first, as shares of 1. */
  readonly levels: readonly number[];
  /** What really happened, where it is known. */
  readonly actual?: {
    readonly name: string;
    readonly points: readonly { readonly x: number; readonly y: number }[];
  };
  readonly medianName: string;
  readonly xKind: 'time' | 'value';
  readonly xName?: string;
  readonly yName?: string;
  readonly text: (value: number) => string;
  readonly bandName: (level: number) => string;
  /** A level line, such as the stake that was begun with. */
  readonly reference?: number;
}

/** A path and how far it could have gone: nested bands around the median. */
export function fanChart(theme: ChartTheme, options: FanChartOptions): ChartOption {
  const { tokens, format } = theme;
  const { fan, levels, actual, medianName, xKind, text } = options;
  const colour = tokens.series[0]!;
  return {
    grid: {
      top: 32,
      bottom: options.xName === undefined ? 8 : 28,
      left: options.yName === undefined ? 8 : 28,
    },
    legend: fanLegend(options),
    tooltip: {
      trigger: 'axis',
      formatter: (items: readonly { axisValue: number }[]) => {
        const point =
          fan.find(({ x }) => x === items[0]?.axisValue) ?? nearest(fan, items[0]?.axisValue ?? 0);
        if (point === undefined) return '';
        const real = actual?.points.find(({ x }) => x === point.x);
        return [
          xKind === 'time' ? format.day(new Date(point.x).toISOString().slice(0, 10)) : format.count(point.x),
          `${medianName}: ${text(point.median)}`,
          ...levels.map(
            (level, at) => `${options.bandName(level)}: ${text(point.lows[at]!)} – ${text(point.highs[at]!)}`,
          ),
          ...(real && actual ? [`${actual.name}: ${text(real.y)}`] : []),
        ].join('\n');
      },
    },
    xAxis:
      xKind === 'time'
        ? timeAxis(theme, options.xName === undefined ? {} : { name: options.xName })
        : valueAxis(theme, { isFree: true, ...(options.xName === undefined ? {} : { name: options.xName }) }),
    yAxis: valueAxis(theme, {
      isFree: true,
      label: text,
      ...(options.yName === undefined ? {} : { name: options.yName, nameGap: 44 }),
    }),
    series: [
      ...levels.flatMap((level, at) =>
        bandOf(fan, at, { name: options.bandName(level), fill: withAlpha(colour, 0.12 + 0.08 * at) }),
      ),
      {
        type: 'line',
        name: medianName,
        data: fan.map(({ x, median }) => [x, median]),
        symbol: 'none',
        lineStyle: { color: colour, width: 1.5, type: 'dashed' },
        itemStyle: { color: colour },
        ...(options.reference === undefined ? {} : { markLine: levelLine(tokens.edge, options.reference) }),
      },
      ...(actual
        ? [
            {
              type: 'line',
              name: actual.name,
              data: actual.points.map(({ x, y }) => [x, y]),
              symbol: 'none',
              lineStyle: { color: tokens.text, width: 2 },
              itemStyle: { color: tokens.text },
              z: 4,
            },
          ]
        : []),
    ],
  };
}

/** Lines as lines, bands as patches. */
function fanLegend({ medianName, levels, bandName, actual }: FanChartOptions): ChartOption {
  const lines = lineLegend([
    { name: medianName, style: 'dashed' },
    ...(actual ? [{ name: actual.name }] : []),
  ]);
  return { ...lines, data: [...(lines.data as unknown[]), ...levels.map(bandName)] };
}

function bandOf(
  fan: readonly FanPoint[],
  at: number,
  { name, fill }: { name: string; fill: string },
): ChartOption[] {
  const common = {
    type: 'line',
    stack: `fan${at}`,
    stackStrategy: 'all',
    symbol: 'none',
    silent: true,
    lineStyle: { opacity: 0 },
    itemStyle: { color: fill },
    z: 1,
  };
  return [
    { ...common, data: fan.map(({ x, lows }) => [x, lows[at]]) },
    {
      ...common,
      name,
      data: fan.map(({ x, lows, highs }) => [x, highs[at]! - lows[at]!]),
      areaStyle: { color: fill },
    },
  ];
}

function levelLine(colour: string, value: number): ChartOption {
  return {
    ...referenceStyle,
    data: [{ yAxis: value }],
    lineStyle: { color: colour, type: 'dotted' },
    label: { show: false },
  };
}

function nearest(fan: readonly FanPoint[], x: number): FanPoint | undefined {
  let best = fan[0];
  for (const point of fan) if (best && Math.abs(point.x - x) < Math.abs(best.x - x)) best = point;
  return best;
}
