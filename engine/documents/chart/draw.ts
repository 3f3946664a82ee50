import type { Locale } from '../locale.ts';
import type { ChartSpec } from '../model.ts';
import { drawFan } from './fan.ts';
import { drawIntervals } from './intervals.ts';
import { drawPairedPoints } from './paired-points.ts';
import { drawReliability } from './reliability.ts';
import { drawStackedShares } from './stacked-shares.ts';

/**
 * Draws a chart as inline SVG whose colours come from the page's style sheet, so that one drawing serves light, dark
 * and paper. Drawn here rather than by a chart library: a season of documents holds over a thousand charts, and a
 * library's drawing took some eighty times as long and fixed its colours.
 *
 * @param id unique within the page
 */
export function drawChart(chart: ChartSpec, locale: Locale, id: string): string {
  switch (chart.kind) {
    case 'stacked-shares':
      return drawStackedShares(chart, locale, id);
    case 'paired-points':
      return drawPairedPoints(chart, locale, id);
    case 'intervals':
      return drawIntervals(chart, locale, id);
    case 'reliability':
      return drawReliability(chart, locale, id);
    case 'fan':
      return drawFan(chart, locale, id);
  }
}
