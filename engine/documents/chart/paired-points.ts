import type { Locale } from '../locale.ts';
import type { PairedPointsChart } from '../model.ts';
import { escapeMarkup as e } from '../text.ts';
import { acrossPlot, at, chartKey, frame, plotTop, rowLayout, rowName } from './frame.ts';

/** Per row a hollow ring at the reference, a dot at the value and the distance between them. */
export function drawPairedPoints(chart: PairedPointsChart, locale: Locale, id: string): string {
  const { height, isNamed } = rowLayout(chart.rows.length);
  const radius = isNamed ? 5.5 : 2.6;
  const rows = chart.rows.map((row, index) => {
    const middle = plotTop + (index + 0.5) * height;
    const x = acrossPlot(row.value);
    const tone = row.isGood ? 'hit' : 'miss';
    const reference = row.reference === null ? '' : referenceAt(row.reference, x, middle, radius);
    const dot = `<circle class="${tone}" cx="${at(x)}" cy="${at(middle)}" r="${radius}"/>`;
    // Beyond the value and away from the reference, so that the number never lies on the stem.
    const isRight = row.reference === null || row.value >= row.reference;
    const number = isNamed
      ? `<text class="soft" x="${at(x + (isRight ? 10 : -10))}" y="${at(middle)}" text-anchor="${isRight ? 'start' : 'end'}" dominant-baseline="central">${e(row.detail)} ${e(locale.percent(row.value, 0))}</text>`
      : '';
    const said = `${row.names.join(' – ')}: ${row.detail}, ${locale.percent(row.value)}`;
    return `<g><title>${e(said)}</title>${isNamed ? rowName(row.names, middle) : ''}${reference}${dot}${number}</g>`;
  });
  const key = [
    { shape: '<circle class="hit" cx="6" cy="10.5" r="5.5"/>', label: chart.goodLabel },
    { shape: '<circle class="miss" cx="6" cy="10.5" r="5.5"/>', label: chart.badLabel },
    { shape: '<circle class="reference" cx="6" cy="10.5" r="5"/>', label: chart.referenceLabel },
  ];
  return frame({
    id,
    title: chart.title,
    description: chart.description,
    plotHeight: chart.rows.length * height,
    content: chartKey(key) + rows.join(''),
    scale: (share) => locale.percent(share, 0),
  });
}

function referenceAt(reference: number, valueX: number, middle: number, radius: number): string {
  const x = acrossPlot(reference);
  return `<line class="stem" x1="${at(x)}" x2="${at(valueX)}" y1="${at(middle)}" y2="${at(middle)}"/><circle class="reference" cx="${at(x)}" cy="${at(middle)}" r="${at(radius * 0.8)}"/>`;
}
