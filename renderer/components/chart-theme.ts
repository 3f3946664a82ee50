import type { Language } from '../../engine/contract/domain.ts';
import type { ColourTokens } from '../theme/tokens.ts';
import type { Format } from './format-values.ts';

/** What a chart is drawn with: builders take everything from here, so that screens and exports look alike. */
export interface ChartTheme {
  readonly tokens: ColourTokens;
  readonly language: Language;
  readonly format: Format;
  /** Patterns upon areas, for those who do not see the colours apart. */
  readonly decals: boolean;
}

export const chartFont = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

/** An option of ECharts, loosely typed as the library takes it. */
export type ChartOption = Readonly<Record<string, unknown>>;

/** What every chart has in common; a builder's own option is laid over it. */
export function baseOption({ tokens, decals }: ChartTheme): ChartOption {
  return {
    backgroundColor: 'transparent',
    color: tokens.series,
    textStyle: { fontFamily: chartFont, fontSize: 12, color: tokens.text },
    animationDuration: 200,
    animationDurationUpdate: 200,
    // The label and the summary are the figure's own, in words; the patterns are the library's.
    aria: { enabled: decals, label: { enabled: false }, decal: { show: decals } },
    grid: { left: 8, right: 16, top: 24, bottom: 8, containLabel: true },
    tooltip: tooltip(tokens),
    legend: { textStyle: { color: tokens.muted }, icon: 'roundRect', itemWidth: 12, itemHeight: 8, top: 0 },
  };
}

/**
 * Tooltips are drawn upon the canvas: names stay text whatever they hold, and the content policy needs no exception for
 * styles within markup.
 */
function tooltip(tokens: ColourTokens): ChartOption {
  return {
    renderMode: 'richText',
    confine: true,
    backgroundColor: tokens.raised,
    borderColor: tokens.edge,
    borderWidth: 1,
    padding: [6, 10],
    textStyle: { color: tokens.text, fontSize: 12, fontFamily: chartFont },
    axisPointer: { lineStyle: { color: tokens.edge }, label: { show: false } },
  };
}

export interface AxisOptions {
  readonly name?: string;
  readonly min?: number | 'dataMin';
  readonly max?: number | 'dataMax';
  /** Text of a tick. */
  readonly label?: (value: number) => string;
  readonly isInverse?: boolean;
  /** The axis need not contain zero. */
  readonly isFree?: boolean;
  /** Name of the axis beside it rather than at its end. */
  readonly nameGap?: number;
  /** Ticks are at least so far apart. */
  readonly minStep?: number;
}

/** An axis of numbers: hairline grid, quiet labels, its name in the middle. */
export function valueAxis({ tokens, format }: ChartTheme, options: AxisOptions = {}): ChartOption {
  const { name, min, max, label, isInverse = false, isFree = false, nameGap = 28, minStep } = options;
  return {
    type: 'value',
    scale: isFree,
    inverse: isInverse,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(minStep === undefined ? {} : { minInterval: minStep }),
    ...axisName(tokens, name, nameGap),
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: tokens.grid } },
    axisLabel: {
      color: tokens.axis,
      fontSize: 11,
      hideOverlap: true,
      // The library writes numbers the English way.
      formatter: label ?? ((value: number) => format.tick(value)),
    },
  };
}

/** An axis of names, in the order given. */
export function categoryAxis(
  { tokens }: ChartTheme,
  names: readonly string[],
  options: {
    readonly name?: string;
    readonly isInverse?: boolean;
    readonly width?: number;
    readonly nameGap?: number;
  } = {},
): ChartOption {
  return {
    type: 'category',
    data: names,
    inverse: options.isInverse ?? false,
    ...axisName(tokens, options.name, options.nameGap ?? 28),
    axisLine: { lineStyle: { color: tokens.edge } },
    axisTick: { show: false },
    axisLabel: {
      color: tokens.axis,
      fontSize: 11,
      hideOverlap: true,
      ...(options.width === undefined ? {} : { width: options.width, overflow: 'truncate' }),
    },
  };
}

/** An axis of instants; labels follow the library's own levels in the language of the screen. */
export function timeAxis({ tokens }: ChartTheme, options: { readonly name?: string } = {}): ChartOption {
  return {
    type: 'time',
    ...axisName(tokens, options.name, 28),
    axisLine: { lineStyle: { color: tokens.edge } },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: { color: tokens.axis, fontSize: 11, hideOverlap: true },
  };
}

export type LineStyle = 'solid' | 'dashed' | 'dotted';

const stroke = (from: number, length: number) => `M${from} 0h${length}v2h-${length}z`;
/** Nothing to be seen: it makes the sign as high as its words, which a legend of several pages cuts otherwise. */
const room = 'M0 -6h24zM0 8h24z';
const strokes: Readonly<Record<LineStyle, string>> = {
  solid: stroke(0, 24),
  dashed: [stroke(0, 6), stroke(9, 6), stroke(18, 6)].join(''),
  dotted: [0, 5.5, 11, 16.5, 22].map((from) => stroke(from, 2)).join(''),
};

/** The legend of lines: each entry is drawn as its line is, dashes and all, so that colour is not the only sign. */
export function lineLegend(
  lines: readonly { readonly name: string; readonly style?: LineStyle | undefined }[],
): ChartOption {
  return {
    data: lines.map(({ name, style = 'solid' }) => ({ name, icon: `path://${room}${strokes[style]}` })),
    type: 'scroll',
    itemWidth: 24,
    // The page of a legend is as high as its signs, and would cut its words.
    itemHeight: 14,
    itemGap: 16,
  };
}

/** What lines of reference have in common; without the precision the library rounds where they stand to hundredths. */
export const referenceStyle = { symbol: 'none', silent: true, animation: false, precision: -1 } as const;

function axisName(tokens: ColourTokens, name: string | undefined, gap: number): ChartOption {
  if (name === undefined) return {};
  return { name, nameLocation: 'middle', nameGap: gap, nameTextStyle: { color: tokens.muted, fontSize: 11 } };
}

/** `#1f6fb5` with an opacity of 0.2 -> `rgba(31, 111, 181, 0.2)`. */
export function withAlpha(colour: string, alpha: number): string {
  const part = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  return `rgba(${part(1)}, ${part(3)}, ${part(5)}, ${alpha})`;
}
