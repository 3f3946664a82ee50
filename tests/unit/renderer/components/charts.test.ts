import { describe, expect, test } from 'vitest';
import { chartCsv } from '../../../../renderer/components/chart-data.ts';
import { pictureOption } from '../../../../renderer/components/chart-picture.ts';
import type { ChartTheme } from '../../../../renderer/components/chart-theme.ts';
import { baseOption, withAlpha } from '../../../../renderer/components/chart-theme.ts';
import { beeswarm } from '../../../../renderer/components/charts/beeswarm.ts';
import { heatMap } from '../../../../renderer/components/charts/heat-map.ts';
import { lineChart } from '../../../../renderer/components/charts/line-chart.ts';
import { reliabilityDiagram } from '../../../../renderer/components/charts/reliability-diagram.ts';
import { waterfall } from '../../../../renderer/components/charts/waterfall.ts';
import { createFormat } from '../../../../renderer/components/format-values.ts';
import { tokens } from '../../../../renderer/theme/tokens.ts';

const theme: ChartTheme = {
  tokens: tokens.light,
  language: 'en',
  format: createFormat({ language: 'en', zone: 'UTC', oddsFormat: 'decimal' }),
  decals: false,
};

interface Series {
  readonly type: string;
  readonly data: readonly unknown[];
}
const seriesOf = (option: object) => (option as { series: Series[] }).series;

describe('charts', () => {
  test('write their tooltips upon the canvas, so that names stay text', () => {
    expect(baseOption(theme).tooltip).toMatchObject({ renderMode: 'richText', confine: true });
  });

  test('leave as files with exactly what is plotted', () => {
    const data = { columns: [{ key: 'p', label: 'P', unit: '%' }], rows: [{ p: 0.1 + 0.2 }, { p: null }] };
    expect(chartCsv(data)).toBe('\ufeff"P, %"\r\n0.30000000000000004\r\n\r\n');
  });

  test('make room for title and source in pictures', () => {
    const picture = pictureOption({ grid: { top: 10, bottom: 5 } }, theme, {
      title: 'T',
      description: 'D',
      footer: 'F',
    });
    expect(picture).toMatchObject({ animation: false, grid: { top: 62, bottom: 29 } });
  });

  test('turn a token into a see-through colour', () => {
    expect(withAlpha('#1f6fb5', 0.2)).toBe('rgba(31, 111, 181, 0.2)');
  });
});

describe('a line chart', () => {
  test('draws the band of an interval from its low to its high, and leaves gaps where it is missing', () => {
    const points = [
      { x: 1, y: 0.5, low: 0.4, high: 0.7 },
      { x: 2, y: null },
    ];
    const [low, room, line] = seriesOf(lineChart(theme, { series: [{ name: 'a', points }], xKind: 'value' }));
    expect(low!.data).toEqual([[1, 0.4]]);
    expect((room!.data[0] as number[])[1]).toBeCloseTo(0.3);
    expect(line!.data).toEqual([
      [1, 0.5],
      [2, null],
    ]);
  });
});

describe('a waterfall', () => {
  test('ends where its base and its steps add up to', () => {
    const option = waterfall(theme, {
      base: { name: 'base', value: 0.2 },
      steps: [
        { name: 'up', contribution: 0.5 },
        { name: 'down', contribution: -0.3 },
      ],
      total: { name: 'total' },
      text: String,
      signed: String,
      axisName: 'log odds',
    });
    const ends = seriesOf(option)[0]!.data.map((bar) => (bar as number[]).slice(0, 2));
    expect(ends).toEqual([
      [0, 0.2],
      [0.2, 0.7],
      [0.7, 0.39999999999999997],
      [0, 0.39999999999999997],
    ]);
  });
});

describe('a reliability diagram', () => {
  test('marks a bin outside of what chance allows by its form, not by colour alone', () => {
    const bin = { forecast: 0.5, n: 10, low: 0.4, high: 0.6 };
    const words = { forecast: 'f', observed: 'o', count: 'n', perfect: 'p', consistent: 'c' };
    const option = reliabilityDiagram(theme, {
      bins: [
        { ...bin, observed: 0.5 },
        { ...bin, observed: 0.7 },
      ],
      colour: tokens.light.home,
      words,
    });
    const points = seriesOf(option).find(
      ({ type, data }) => type === 'line' && data.length === 2 && 'value' in (data[0] as object),
    )!;
    expect(points.data).toMatchObject([
      { itemStyle: { color: tokens.light.home } },
      { itemStyle: { color: tokens.light.surface, borderColor: tokens.light.home } },
    ]);
  });
});

describe('a heat map', () => {
  test('leaves missing values out and centres a diverging scale on zero', () => {
    const option = heatMap(theme, {
      xNames: ['a', 'b'],
      yNames: ['c'],
      values: [[null, -0.4]],
      scale: 'diverging',
      text: String,
    });
    expect(seriesOf(option)[0]!.data).toEqual([[1, 0, -0.4]]);
    expect(option.visualMap).toMatchObject({ min: -0.4, max: 0.4 });
  });
});

describe('a beeswarm', () => {
  test('sets points of like value beside one another, within their row', () => {
    const points = Array.from({ length: 30 }, () => ({ x: 0.5, level: 1 }));
    const option = beeswarm(theme, {
      rows: [{ name: 'elo', points }],
      axisName: 'x',
      text: String,
      words: { low: 'low', high: 'high' },
    });
    const places = seriesOf(option)[0]!.data.map((one) => (one as { value: number[] }).value[1]!);
    expect(new Set(places).size).toBe(30);
    expect(Math.max(...places.map(Math.abs))).toBeLessThan(0.5);
  });
});
