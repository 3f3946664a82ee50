import { categoryAxis } from '../chart-theme.ts';
import type { ChartOption, ChartTheme } from '../chart-theme.ts';

export interface HeatMapOptions {
  readonly xNames: readonly string[];
  readonly yNames: readonly string[];
  /** `values[y][x]`; null is missing and stays empty. */
  readonly values: readonly (readonly (number | null)[])[];
  /** Sequential runs from little to much; diverging has its middle at 0. */
  readonly scale: 'sequential' | 'diverging';
  readonly min?: number;
  readonly max?: number;
  readonly xName?: string;
  readonly yName?: string;
  readonly text: (value: number) => string;
  /** Figures within the cells: for small maps, such as the grid of scores. */
  readonly hasFigures?: boolean;
  /** The scale below the map, with the words of its ends. */
  readonly ends?: { readonly low: string; readonly high: string };
  /** First name at the top. */
  readonly isTopDown?: boolean;
}

/** A value per pair of names as a colour: grids of scores, correlations. */
export function heatMap(theme: ChartTheme, options: HeatMapOptions): ChartOption {
  const { tokens } = theme;
  const { xNames, yNames, values, scale, text } = options;
  const present = values.flat().filter((value) => value !== null);
  const largest = present.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const max = options.max ?? (scale === 'diverging' ? largest : Math.max(...present, 0));
  const min = options.min ?? (scale === 'diverging' ? -max : Math.min(...present, 0));
  return {
    grid: {
      left: options.yName === undefined ? 8 : 28,
      bottom: (options.xName === undefined ? 8 : 28) + (options.ends === undefined ? 0 : 28),
      top: 8,
      right: 8,
    },
    tooltip: {
      formatter: ({ value: [x, y, value] }: { value: readonly [number, number, number] }) =>
        `${yNames[y]!} · ${xNames[x]!}\n${text(value)}`,
    },
    visualMap: {
      type: 'continuous',
      show: options.ends !== undefined,
      ...(options.ends === undefined ? {} : scaleBar(tokens, options.ends)),
      min,
      max: max > min ? max : min + 1,
      inRange: { color: scale === 'diverging' ? tokens.diverging : tokens.sequential },
    },
    xAxis: { ...categoryAxis(theme, xNames, optionalName(options.xName)), splitArea: { show: false } },
    yAxis: categoryAxis(theme, yNames, {
      ...optionalName(options.yName),
      isInverse: options.isTopDown ?? false,
    }),
    series: [
      {
        type: 'heatmap',
        data: values.flatMap((row, y) =>
          row.flatMap((value, x) =>
            value === null
              ? []
              : [cellOf([x, y, value], labelColour(theme, options, (value - min) / (max - min || 1)))],
          ),
        ),
        label: {
          show: options.hasFigures ?? false,
          fontSize: 11,
          formatter: ({ value }: { value: readonly number[] }) => text(value[2]!),
        },
        // A figure that is wider than its cell would lie upon the next one: it is left to the tooltip and the table.
        labelLayout: ({ rect, labelRect }: Room) => (labelRect.width > rect.width ? { x: -1000 } : {}),
        itemStyle: { borderColor: tokens.surface, borderWidth: 1 },
        emphasis: { itemStyle: { borderColor: tokens.text, borderWidth: 1.5 } },
        progressive: 5000,
      },
    ],
  };
}

/** Sizes of a cell and of the figure within. */
interface Room {
  readonly rect: { readonly width: number };
  readonly labelRect: { readonly width: number };
}

function scaleBar(
  tokens: ChartTheme['tokens'],
  { low, high }: { readonly low: string; readonly high: string },
) {
  return {
    orient: 'horizontal',
    left: 'center',
    bottom: 0,
    itemWidth: 10,
    itemHeight: 140,
    calculable: false,
    text: [high, low],
    textStyle: { color: tokens.muted, fontSize: 11 },
  };
}

function optionalName(name: string | undefined): { readonly name?: string } {
  return name === undefined ? {} : { name };
}

function cellOf(value: readonly [number, number, number], colour: string | undefined): unknown {
  return colour === undefined ? value : { value, label: { color: colour } };
}

/** A figure is dark upon light cells and light upon dark ones. */
function labelColour(
  { tokens }: ChartTheme,
  { scale, hasFigures }: HeatMapOptions,
  share: number,
): string | undefined {
  if (hasFigures !== true) return undefined;
  const colours = scale === 'diverging' ? tokens.diverging : tokens.sequential;
  const behind = colours[Math.round(Math.min(1, Math.max(0, share)) * (colours.length - 1))]!;
  return luminance(behind) > 0.3 ? '#101318' : '#ffffff';
}

/** Relative luminance of `#rrggbb` after WCAG. */
function luminance(colour: string): number {
  const part = (at: number) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}
