import type { ChartOption, ChartTheme } from '../chart-theme.ts';

export interface CalendarMapOptions {
  /** ISO days with their values. */
  readonly days: readonly { readonly day: string; readonly value: number }[];
  /** First and last day shown. */
  readonly from: string;
  readonly until: string;
  readonly text: (value: number) => string;
  readonly max?: number;
}

/** A value per day as the colour of its square, weeks from left to right. */
export function calendarMap(theme: ChartTheme, options: CalendarMapOptions): ChartOption {
  const { tokens, format } = theme;
  const { days, from, until, text } = options;
  return {
    tooltip: {
      formatter: ({ value: [day, value] }: { value: readonly [string, number] }) =>
        `${format.day(day, 'long')}\n${text(value)}`,
    },
    visualMap: {
      show: false,
      type: 'continuous',
      min: 0,
      max: options.max ?? Math.max(1, ...days.map(({ value }) => value)),
      inRange: { color: tokens.sequential },
    },
    calendar: {
      range: [from, until],
      left: 40,
      right: 8,
      top: 24,
      cellSize: ['auto', 16],
      itemStyle: { color: tokens.sunken, borderColor: tokens.surface, borderWidth: 2 },
      splitLine: { lineStyle: { color: tokens.edge } },
      dayLabel: { firstDay: 1, color: tokens.axis, fontSize: 10 },
      monthLabel: { color: tokens.axis, fontSize: 11 },
      yearLabel: { show: false },
    },
    series: [
      { type: 'heatmap', coordinateSystem: 'calendar', data: days.map(({ day, value }) => [day, value]) },
    ],
  };
}
