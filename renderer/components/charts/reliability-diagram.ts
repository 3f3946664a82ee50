import { valueAxis, withAlpha } from '../chart-theme.ts';
import type { ChartOption, ChartTheme } from '../chart-theme.ts';

export interface ReliabilityBin {
  /** Mean forecast probability of the bin. */
  readonly forecast: number;
  /** Share that happened. */
  readonly observed: number;
  readonly n: number;
  /** Where the observed share would lie by chance if the forecasts were right. */
  readonly low: number;
  readonly high: number;
}

export interface ReliabilityDiagramOptions {
  readonly bins: readonly ReliabilityBin[];
  /** Edges and counts of the forecasts' histogram; the bins' own counts where none is given. */
  readonly histogram?: readonly { readonly from: number; readonly until: number; readonly n: number }[];
  /** A curve that is fitted without bins, such as CORP's, as points from left to right. */
  readonly curve?: readonly { readonly forecast: number; readonly observed: number }[];
  /** Of the home win, the draw or the away win, by the outcome's token. */
  readonly colour: string;
  readonly words: {
    readonly forecast: string;
    readonly observed: string;
    readonly count: string;
    readonly perfect: string;
    /** Names the band with its level. */
    readonly consistent: string;
  };
}

/** Observed shares over forecast probabilities with what chance allows around the diagonal; the histogram stands below. */
export function reliabilityDiagram(theme: ChartTheme, options: ReliabilityDiagramOptions): ChartOption {
  const { tokens, format } = theme;
  const { bins, curve, colour, words } = options;
  const share = (value: number) => format.percent(value, 0);
  const histogram =
    options.histogram ??
    bins.map(({ forecast, n }) => ({ from: forecast - 0.02, until: forecast + 0.02, n }));
  const unit = { min: 0, max: 1, label: share } as const;
  return {
    grid: [
      { left: 48, right: 16, top: 52, bottom: 132, containLabel: false },
      { left: 48, right: 16, height: 56, bottom: 44, containLabel: false },
    ],
    legend: { data: [words.perfect, words.consistent, words.observed], left: 40 },
    tooltip: { trigger: 'item' },
    xAxis: [
      { ...valueAxis(theme, unit), gridIndex: 0 },
      { ...valueAxis(theme, { ...unit, name: words.forecast }), gridIndex: 1, splitLine: { show: false } },
    ],
    yAxis: [
      { ...valueAxis(theme, { ...unit, name: words.observed, nameGap: 36 }), gridIndex: 0 },
      {
        ...valueAxis(theme, { label: (value) => format.count(value) }),
        gridIndex: 1,
        splitNumber: 1,
        splitLine: { show: false },
      },
    ],
    series: [
      {
        type: 'line',
        name: words.perfect,
        data: [
          [0, 0],
          [1, 1],
        ],
        symbol: 'none',
        silent: true,
        lineStyle: { color: tokens.edge, type: 'dashed', width: 1 },
        itemStyle: { color: tokens.edge },
      },
      band(bins, words.consistent, withAlpha(tokens.axis, 0.18)),
      ...(curve === undefined ? [] : [curveOf(curve, colour)]),
      {
        type: 'line',
        name: words.observed,
        data: bins.map((bin) => ({
          value: [bin.forecast, bin.observed],
          // Outside of what chance allows, a point is hollow, so that colour is not the only sign.
          itemStyle: isOutside(bin)
            ? { color: tokens.surface, borderColor: colour, borderWidth: 2 }
            : { color: colour },
        })),
        symbol: 'circle',
        symbolSize: 8,
        lineStyle: { color: colour, width: curve === undefined ? 2 : 0 },
        itemStyle: { color: colour },
        tooltip: {
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const bin = bins[dataIndex]!;
            return [
              `${words.forecast}: ${format.percent(bin.forecast)}`,
              `${words.observed}: ${format.percent(bin.observed)}`,
              `${words.consistent}: ${format.range(bin.low, bin.high, (value) => format.percent(value))}`,
              `${words.count}: ${format.count(bin.n)}`,
            ].join('\n');
          },
        },
      },
      {
        type: 'custom',
        name: words.count,
        xAxisIndex: 1,
        yAxisIndex: 1,
        data: histogram.map(({ from, until, n }) => [from, until, n]),
        encode: { x: [0, 1], y: 2 },
        renderItem: histogramBar(withAlpha(colour, 0.55)),
        tooltip: {
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const { from, until, n } = histogram[dataIndex]!;
            return `${share(from)} – ${share(until)}\n${words.count}: ${format.count(n)}`;
          },
        },
      },
    ],
  };
}

function isOutside({ observed, low, high }: ReliabilityBin): boolean {
  return observed < low || observed > high;
}

interface RenderApi {
  value(dimension: number): number;
  coord(point: readonly [number, number]): [number, number];
}

function histogramBar(fill: string) {
  return (_: unknown, api: RenderApi) => {
    const [left, top] = api.coord([api.value(0), api.value(2)]);
    const [right, bottom] = api.coord([api.value(1), 0]);
    return {
      type: 'rect',
      shape: { x: left + 0.5, y: top, width: Math.max(1, right - left - 1), height: bottom - top },
      style: { fill },
    };
  };
}

/** One shape for all bins: up along the lows, back along the highs. */
function band(bins: readonly ReliabilityBin[], name: string, fill: string): ChartOption {
  return {
    type: 'custom',
    name,
    silent: true,
    itemStyle: { color: fill },
    data: bins.length === 0 ? [] : [[bins[0]!.forecast, bins[0]!.low]],
    renderItem: (_: unknown, api: RenderApi) => ({
      type: 'polygon',
      shape: {
        points: [
          ...bins.map(({ forecast, low }) => api.coord([forecast, low])),
          ...bins.toReversed().map(({ forecast, high }) => api.coord([forecast, high])),
        ],
      },
      style: { fill },
    }),
    z: 1,
  };
}

function curveOf(curve: NonNullable<ReliabilityDiagramOptions['curve']>, colour: string): ChartOption {
  return {
    type: 'line',
    data: curve.map(({ forecast, observed }) => [forecast, observed]),
    symbol: 'none',
    silent: true,
    lineStyle: { color: colour, width: 2 },
    tooltip: { show: false },
  };
}
