import type { Locale } from '../locale.ts';
import type { IntervalsChart } from '../model.ts';
import { escapeMarkup as e } from '../text.ts';
import { acrossPlot, at, chartKey, frame, plotTop, rowName } from './frame.ts';
import { niceTicks, shareBetween, tickDigits } from './scale.ts';

const rowHeight = 24;

/** Per row a value with its interval, on a scale that holds them all, and upright lines at the references. */
export function drawIntervals(chart: IntervalsChart, locale: Locale, id: string): string {
  const ends = [
    ...chart.rows.flatMap(({ value, low, high }) => [value, low, high]),
    ...chart.references.map(({ value }) => value),
  ];
  const ticks = niceTicks(Math.min(...ends), Math.max(...ends), 6);
  const place = (value: number) => acrossPlot(shareBetween(value, ticks[0]!, ticks.at(-1)!));
  const digits = tickDigits(ticks.map((tick) => (chart.unit === 'share' ? tick * 100 : tick)));
  const scale = (value: number) =>
    chart.unit === 'share' ? locale.percent(value, digits) : locale.number(value, digits);
  const said = (value: number) =>
    chart.unit === 'share' ? locale.percent(value) : locale.number(value, Math.max(3, digits));
  const plotHeight = chart.rows.length * rowHeight;
  const references = chart.references.map(({ value }, index) => {
    const x = at(place(value));
    return `<line class="reference-${index}" x1="${x}" x2="${x}" y1="${plotTop - 4}" y2="${plotTop + plotHeight}"/>`;
  });
  const rows = chart.rows.map((row, index) => {
    const middle = at(plotTop + (index + 0.5) * rowHeight);
    const tone = row.tone === 'bad' ? 'miss' : row.tone === 'good' ? 'hit' : 'class-0';
    const words = `${row.name}: ${said(row.value)} [${said(row.low)}; ${said(row.high)}]`;
    const [from, to, x] = [place(row.low), place(row.high), place(row.value)];
    const ended = [from, to].map(
      (end) =>
        `<line class="stem" x1="${at(end)}" x2="${at(end)}" y1="${Number(middle) - 4}" y2="${Number(middle) + 4}"/>`,
    );
    return `<g><title>${e(words)}</title>${rowName([row.name], Number(middle))}<line class="stem" x1="${at(from)}" x2="${at(to)}" y1="${middle}" y2="${middle}"/>${ended.join('')}<circle class="${tone}" cx="${at(x)}" cy="${middle}" r="5"/></g>`;
  });
  const key = chart.references.map(({ label }, index) => ({
    shape: `<line class="reference-${index}" x1="6" x2="6" y1="3" y2="18"/>`,
    label,
  }));
  return frame({
    id,
    title: chart.title,
    description: chart.description,
    plotHeight,
    content: chartKey(key) + references.join('') + rows.join(''),
    scale: (share) => scale(share),
    ticks: ticks.map((tick) => ({ share: shareBetween(tick, ticks[0]!, ticks.at(-1)!), value: tick })),
  });
}
