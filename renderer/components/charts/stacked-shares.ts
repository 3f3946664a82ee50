import { categoryAxis, valueAxis } from '../chart-theme.ts';
import type { ChartOption, ChartTheme } from '../chart-theme.ts';

export interface StackedSharesOptions {
  /** From top to bottom. */
  readonly rows: readonly {
    readonly name: string;
    readonly shares: readonly (number | null)[];
    readonly note?: string;
  }[];
  readonly parts: readonly {
    readonly name: string;
    readonly colour: string;
    readonly labelColour?: string;
  }[];
}

/** Shares that make up a whole, a bar per row: probabilities, places in a table. */
export function stackedShares(theme: ChartTheme, { rows, parts }: StackedSharesOptions): ChartOption {
  const { format } = theme;
  return {
    grid: { top: 32, bottom: 8 },
    legend: { data: parts.map(({ name }) => name), type: 'scroll' },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'none' },
      formatter: (items: readonly { dataIndex: number }[]) => {
        const row = rows[items[0]?.dataIndex ?? -1];
        if (row === undefined) return '';
        const lines = parts.map(({ name }, at) => `${name}: ${format.probability(row.shares[at])}`);
        return [row.name, ...lines, ...(row.note === undefined ? [] : [row.note])].join('\n');
      },
    },
    xAxis: valueAxis(theme, { min: 0, max: 1, label: (value) => format.percent(value, 0) }),
    yAxis: categoryAxis(
      theme,
      rows.map(({ name }) => name),
      { isInverse: true, width: 180 },
    ),
    series: parts.map(({ name, colour, labelColour }, at) => ({
      type: 'bar',
      name,
      stack: 'whole',
      barMaxWidth: 20,
      data: rows.map(({ shares }) => shares[at] ?? null),
      itemStyle: { color: colour },
      label: {
        show: labelColour !== undefined,
        color: labelColour,
        fontSize: 11,
        formatter: ({ value }: { value: number }) => (value >= 0.08 ? format.percent(value, 0) : ''),
      },
    })),
  };
}
