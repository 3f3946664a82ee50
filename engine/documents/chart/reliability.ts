import type { Locale } from '../locale.ts';
import type { ReliabilityChart } from '../model.ts';
import { escapeMarkup as e } from '../text.ts';
import { at } from './frame.ts';
import { band, drawPanels, polyline } from './panels.ts';

/** Curves of a fourth panel and so on begin again with the first colour. */
const curveColours = 3;
/** Part of the panel's height that the tallest bar of the histogram takes. */
const histogramShare = 0.16;

/** Per class the frequency of the event over its forecast probability, the consistency band, and how often each was said. */
export function drawReliability(chart: ReliabilityChart, locale: Locale, id: string): string {
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => ({ share, label: locale.percent(share, 0) }));
  return drawPanels(
    chart.panels.map((panel, index) => ({
      heading: panel.name,
      note: panel.note,
      across: ticks,
      up: ticks,
      draw({ width, height }) {
        const line = (values: readonly number[]) =>
          values.map((value, i) => [panel.points[i]! * width, (1 - value) * height] as const);
        const most = Math.max(1, ...panel.histogram);
        const bars = panel.histogram.map((count, tenth) => {
          const tall = (count / most) * histogramShare * height;
          return `<rect class="histogram" x="${at((tenth / 10) * width + 1)}" y="${at(height - tall)}" width="${at(width / 10 - 2)}" height="${at(tall)}"><title>${e(`${locale.percent(tenth / 10, 0)}–${locale.percent((tenth + 1) / 10, 0)}: ${locale.integer(count)}`)}</title></rect>`;
        });
        const diagonal = `<line class="diagonal" x1="0" x2="${at(width)}" y1="${at(height)}" y2="0"/>`;
        return `${bars.join('')}${band(line(panel.low), line(panel.high))}${diagonal}${polyline(line(panel.frequency), `curve curve-${index % curveColours}`)}`;
      },
    })),
    {
      id,
      title: chart.title,
      description: chart.description,
      columns: 3,
      height: 270,
      acrossLabel: chart.acrossLabel,
    },
  );
}
