import type { ChartOption, ChartTheme } from '../chart-theme.ts';

export interface ParallelAxis {
  readonly name: string;
  readonly kind: 'value' | 'log' | 'category';
  /** Of an axis of names, from bottom to top. */
  readonly names?: readonly string[];
  /** Better is lower: the axis is turned around, so that good is up everywhere. */
  readonly isInverse?: boolean;
}

export interface ParallelLine {
  readonly values: readonly (number | string | null)[];
  readonly colour?: string;
  readonly isMarked?: boolean;
}

export interface ParallelCoordinatesOptions {
  readonly axes: readonly ParallelAxis[];
  readonly lines: readonly ParallelLine[];
  /** Number of the axis whose value colours the lines without a colour of their own. */
  readonly colouredBy?: number;
}

/** Trials of a study: a line each, crossing an axis per parameter; ranges are chosen by dragging along an axis. */
export function parallelCoordinates(theme: ChartTheme, options: ParallelCoordinatesOptions): ChartOption {
  const { tokens, format } = theme;
  const { axes, lines, colouredBy } = options;
  const values =
    colouredBy === undefined
      ? []
      : lines.map((line) => line.values[colouredBy]).filter((value) => typeof value === 'number');
  const name = { color: tokens.muted, fontSize: 11 };
  return {
    parallel: {
      left: 72,
      right: 72,
      top: 36,
      bottom: 16,
      parallelAxisDefault: {
        nameTextStyle: name,
        nameGap: 14,
        nameTruncate: { maxWidth: 120 },
        axisLine: { lineStyle: { color: tokens.edge } },
        axisTick: { show: false },
        splitLine: { show: false },
        axisLabel: { color: tokens.axis, fontSize: 10 },
        areaSelectStyle: { width: 14, color: tokens.accentFill, opacity: 0.3, borderColor: tokens.accent },
      },
    },
    parallelAxis: axes.map((axis, dim) => ({
      dim,
      name: axis.name,
      type: axis.kind,
      inverse: axis.isInverse ?? false,
      // All names stand above their axes, whichever way these run.
      nameLocation: axis.isInverse === true ? 'start' : 'end',
      ...(axis.kind === 'category'
        ? { data: axis.names ?? [] }
        : { scale: true, axisLabel: { formatter: (value: number) => format.tick(value) } }),
    })),
    ...(values.length > 1
      ? {
          visualMap: {
            type: 'continuous',
            show: false,
            dimension: colouredBy,
            min: Math.min(...values),
            max: Math.max(...values),
            inRange: { color: tokens.sequential.slice(1) },
          },
        }
      : {}),
    series: [
      {
        type: 'parallel',
        smooth: false,
        progressive: 500,
        data: lines.map(({ values: line, colour, isMarked }) => ({
          value: line,
          lineStyle: {
            ...(colour === undefined ? {} : { color: colour }),
            width: isMarked === true ? 3 : 1.2,
            opacity: isMarked === true ? 1 : 0.5,
          },
        })),
        inactiveOpacity: 0.06,
        activeOpacity: 0.9,
      },
    ],
  };
}
