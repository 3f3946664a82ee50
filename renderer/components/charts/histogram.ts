import { valueAxis, withAlpha } from '../chart-theme.ts';
import type { AxisOptions, ChartOption, ChartTheme } from '../chart-theme.ts';

export interface HistogramOptions {
  readonly bins: readonly { readonly from: number; readonly until: number; readonly n: number }[];
  readonly xAxis: AxisOptions;
  readonly yName?: string;
  /** Where particular values lie, such as a team's own. */
  readonly marks?: readonly { readonly value: number; readonly label: string; readonly colour?: string }[];
}

interface RenderApi {
  value(dimension: number): number;
  coord(point: readonly [number, number]): [number, number];
}

/** Counts per range of values. */
export function histogram(theme: ChartTheme, options: HistogramOptions): ChartOption {
  const { tokens, format } = theme;
  const { bins, marks = [] } = options;
  const text = options.xAxis.label ?? ((value: number) => format.number(value, 2));
  const fill = withAlpha(tokens.series[0]!, 0.75);
  return {
    grid: { top: marks.length > 0 ? 24 : 8, bottom: 28, left: options.yName === undefined ? 8 : 28 },
    tooltip: {
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const bin = bins[dataIndex];
        return bin === undefined ? '' : `${text(bin.from)} – ${text(bin.until)}\n${format.count(bin.n)}`;
      },
    },
    xAxis: valueAxis(theme, { isFree: true, ...options.xAxis }),
    yAxis: valueAxis(theme, {
      label: (value) => format.count(value),
      ...(options.yName === undefined ? {} : { name: options.yName, nameGap: 40 }),
    }),
    series: [
      {
        type: 'custom',
        data: bins.map(({ from, until, n }) => [from, until, n]),
        encode: { x: [0, 1], y: 2 },
        renderItem: (_: unknown, api: RenderApi) => {
          const [left, top] = api.coord([api.value(0), api.value(2)]);
          const [right, bottom] = api.coord([api.value(1), 0]);
          return {
            type: 'rect',
            shape: { x: left + 0.5, y: top, width: Math.max(1, right - left - 1), height: bottom - top },
            style: { fill },
          };
        },
        markLine: {
          symbol: 'none',
          silent: true,
          animation: false,
          data: marks.map(({ value, label, colour }) => ({
            xAxis: value,
            lineStyle: { color: colour ?? tokens.text, type: 'solid', width: 1.5 },
            label: { formatter: () => label, color: tokens.text, fontSize: 11 },
          })),
        },
      },
    ],
  };
}
