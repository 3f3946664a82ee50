import type { Locale } from '../locale.ts';
import type { FanChart } from '../model.ts';
import { band, drawPanels, polyline } from './panels.ts';
import { niceTicks, shareBetween, tickDigits } from './scale.ts';

/** Paths over time: where 90 % of the possible ones lie, the middle one, and the one that was. One vertical scale for all. */
export function drawFan(chart: FanChart, locale: Locale, id: string): string {
  const values = chart.panels.flatMap(({ low, high, actual }) => [...low, ...high, ...actual]);
  const ticks = niceTicks(Math.min(...values, chart.start), Math.max(...values, chart.start), 5);
  const [bottom, top] = [ticks[0]!, ticks.at(-1)!];
  const digits = tickDigits(ticks);
  return drawPanels(
    chart.panels.map((panel) => ({
      heading: panel.name,
      note: panel.note,
      across: chart.across.map((label, at) => ({ share: at / Math.max(1, chart.across.length - 1), label })),
      up: ticks.map((tick) => ({
        share: shareBetween(tick, bottom, top),
        label: locale.number(tick, digits),
      })),
      draw({ width, height }) {
        const line = (path: readonly number[]) =>
          path.map(
            (value, i) =>
              [
                (i / Math.max(1, path.length - 1)) * width,
                (1 - shareBetween(value, bottom, top)) * height,
              ] as const,
          );
        const level = (1 - shareBetween(chart.start, bottom, top)) * height;
        return `${band(line(panel.low), line(panel.high))}<line class="diagonal" x1="0" x2="${width}" y1="${level}" y2="${level}"/>${polyline(line(panel.middle), 'curve middle')}${polyline(line(panel.actual), 'curve curve-2')}`;
      },
    })),
    {
      id,
      title: chart.title,
      description: chart.description,
      columns: 2,
      height: 210,
      acrossLabel: chart.acrossLabel,
    },
  );
}
