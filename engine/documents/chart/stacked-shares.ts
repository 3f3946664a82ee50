import type { Locale } from '../locale.ts';
import type { StackedSharesChart } from '../model.ts';
import { escapeMarkup as e } from '../text.ts';
import { acrossPlot, at, chartKey, frame, plotTop, plotWidth, rowLayout, rowName } from './frame.ts';

/** Narrower parts carry no number. */
const labelledWidth = 30;

/** One horizontal bar per row, divided into the shares of its classes. */
export function drawStackedShares(chart: StackedSharesChart, locale: Locale, id: string): string {
  const { height, isNamed } = rowLayout(chart.rows.length);
  const thickness = isNamed ? height - 6 : height - 1;
  const rows = chart.rows.map((row, index) => {
    const top = plotTop + index * height + (height - thickness) / 2;
    const middle = top + thickness / 2;
    let left = 0;
    const parts = row.values.map((value, part) => {
      const x = acrossPlot(left);
      const width = Math.max(value * plotWidth - 1.5, 0.5);
      left += value;
      const bar = `<rect class="class-${part}" x="${at(x)}" y="${at(top)}" width="${at(width)}" height="${at(thickness)}" rx="1"/>`;
      if (!isNamed || width < labelledWidth) return bar;
      return `${bar}<text class="on-${part}" x="${at(x + width / 2)}" y="${at(middle)}" text-anchor="middle" dominant-baseline="central">${e(locale.percent(value, 0))}</text>`;
    });
    const said = row.values.map((value, part) => `${chart.classes[part] ?? ''} ${locale.percent(value)}`);
    const tooltip = `<title>${e(`${row.names.join(' – ')}: ${said.join(', ')}`)}</title>`;
    return `<g>${tooltip}${isNamed ? rowName(row.names, middle) : ''}${parts.join('')}</g>`;
  });
  const key = chart.classes.map((label, part) => ({
    shape: `<rect class="class-${part}" x="0" y="5" width="11" height="11" rx="1"/>`,
    label,
  }));
  return frame({
    id,
    title: chart.title,
    description: chart.description,
    plotHeight: chart.rows.length * height,
    content: chartKey(key) + rows.join(''),
    scale: (share) => locale.percent(share, 0),
  });
}
