import { referenceStyle, valueAxis, withAlpha } from '../chart-theme.ts';
import type { AxisOptions, ChartOption, ChartTheme } from '../chart-theme.ts';

export interface ScatterGroup {
  readonly name: string;
  readonly colour?: string;
  /** Symbols differ with the colours. */
  readonly symbol?: 'circle' | 'rect' | 'triangle' | 'diamond';
  readonly points: readonly { readonly x: number; readonly y: number; readonly label?: string }[];
}

export interface ScatterChartOptions {
  readonly groups: readonly ScatterGroup[];
  readonly xAxis: AxisOptions;
  readonly yAxis: AxisOptions;
  readonly symbolSize?: number;
  /** A line through the middle, where both are the same. */
  readonly hasDiagonal?: boolean;
}

const symbols = ['circle', 'diamond', 'triangle', 'rect'] as const;

/** Points of one or more groups: a feature's dependence, trials of a study. */
export function scatterChart(theme: ChartTheme, options: ScatterChartOptions): ChartOption {
  const { tokens } = theme;
  const { groups } = options;
  const text = (axis: AxisOptions) => axis.label ?? ((value: number) => theme.format.number(value, 3));
  return {
    grid: { top: groups.length > 1 ? 32 : 12, left: 28, bottom: 28 },
    ...(groups.length > 1 ? { legend: { data: groups.map(({ name }) => name), type: 'scroll' } } : {}),
    tooltip: {
      trigger: 'item',
      formatter: ({ seriesIndex, dataIndex }: { seriesIndex: number; dataIndex: number }) => {
        const point = groups[seriesIndex]?.points[dataIndex];
        if (point === undefined) return '';
        const head = point.label ?? groups[seriesIndex]!.name;
        return `${head}\n${text(options.xAxis)(point.x)} · ${text(options.yAxis)(point.y)}`;
      },
    },
    xAxis: valueAxis(theme, { isFree: true, ...options.xAxis }),
    yAxis: valueAxis(theme, { isFree: true, nameGap: 44, ...options.yAxis }),
    series: groups.map((group, at) => ({
      type: 'scatter',
      name: group.name,
      data: group.points.map(({ x, y }) => [x, y]),
      symbol: group.symbol ?? symbols[at % symbols.length],
      symbolSize: options.symbolSize ?? 7,
      large: group.points.length > 5000,
      itemStyle: { color: withAlpha(group.colour ?? tokens.series[at % tokens.series.length]!, 0.7) },
      ...(at === 0 && options.hasDiagonal === true ? { markLine: diagonal(tokens.edge, group) } : {}),
    })),
  };
}

function diagonal(colour: string, { points }: ScatterGroup): ChartOption {
  const all = points.flatMap(({ x, y }) => [x, y]);
  const low = Math.min(...all);
  const high = Math.max(...all);
  return {
    ...referenceStyle,
    lineStyle: { color: colour, type: 'dashed' },
    label: { show: false },
    data: [[{ coord: [low, low] }, { coord: [high, high] }]],
  };
}
