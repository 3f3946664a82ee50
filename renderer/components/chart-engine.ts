import { BarChart, CustomChart, HeatmapChart, LineChart, ParallelChart, ScatterChart } from 'echarts/charts';
import {
  AriaComponent,
  AxisPointerComponent,
  DataZoomInsideComponent,
  GraphicComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  ParallelComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components';
import { init, registerLocale, use as register } from 'echarts/core';
import type { EChartsType } from 'echarts/core';
import { LabelLayout, UniversalTransition } from 'echarts/features';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';
import en from 'echarts/i18n/langEN-obj.js';
import ru from 'echarts/i18n/langRU-obj.js';
import type { Language } from '../../engine/contract/domain.ts';
import type { ChartOption } from './chart-theme.ts';

// One list for all charts: the library is a file of its own, fetched when the first chart is shown.
register([
  BarChart,
  CustomChart,
  HeatmapChart,
  LineChart,
  ParallelChart,
  ScatterChart,
  AriaComponent,
  AxisPointerComponent,
  DataZoomInsideComponent,
  GraphicComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  ParallelComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
  LabelLayout,
  UniversalTransition,
  CanvasRenderer,
  SVGRenderer,
]);
registerLocale('EN', en);
registerLocale('RU', ru);

const localeNames: Readonly<Record<Language, string>> = { en: 'EN', ru: 'RU' };

/** A chart upon the screen. */
export function drawChart(place: HTMLElement, language: Language): EChartsType {
  return init(place, null, { renderer: 'canvas', locale: localeNames[language] });
}

export interface PictureOptions {
  readonly option: ChartOption;
  readonly width: number;
  readonly height: number;
  readonly language: Language;
}

/** The chart as SVG text, drawn anew without a screen. */
export function chartAsSvg({ option, width, height, language }: PictureOptions): string {
  const chart = init(null, null, {
    renderer: 'svg',
    ssr: true,
    width,
    height,
    locale: localeNames[language],
  });
  try {
    chart.setOption({ ...option, animation: false });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

/** The chart as PNG, drawn anew with `scale` pixels to a point. */
export async function chartAsPng(
  { option, width, height, language }: PictureOptions,
  scale: number,
): Promise<Blob> {
  const place = document.createElement('div');
  const chart = init(place, null, { renderer: 'canvas', width, height, locale: localeNames[language] });
  try {
    chart.setOption({ ...option, animation: false });
    const canvas = chart.renderToCanvas({ pixelRatio: scale });
    return await new Promise<Blob>((resolve, reject) => {
      canvas.toBlob((blob) => {
        if (blob) resolve(blob);
        else reject(new Error('The picture is too large to be made.'));
      }, 'image/png');
    });
  } finally {
    chart.dispose();
  }
}
