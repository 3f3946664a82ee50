import { expect, test } from 'vitest';
import type { PlacedFeature } from '../../../../engine/contract/match.ts';
import { measuresOf } from '../../../../renderer/screens/match/measures.ts';
import { shownGrid } from '../../../../renderer/screens/match/shown-grid.ts';
import { bandOf } from '../../../../renderer/screens/today/edge-noise.ts';
import { zoneOf } from '../../../../renderer/screens/championship/zones.ts';

test('the shown grid adds up the far scores in its last row and column, and loses nothing', () => {
  const cells = Array.from({ length: 16 }, () => 1 / 16);
  expect(shownGrid(cells, 4, 3)).toEqual([
    [0.0625, 0.0625, 0.125],
    [0.0625, 0.0625, 0.125],
    [0.125, 0.125, 0.25],
  ]);
});

const feature = (name: string): PlacedFeature => ({
  ...{ name, set: 'football', family: 'ratings', group: 'elo', unit: '', description: '', formula: null },
  ...{ asOf: '', missing: '', value: null, quantiles: null, below: null, n: 0 },
});

test('measures of both clubs stand side by side, others by themselves', () => {
  const names = ['eloDifference', 'gapShotsHome', 'gapShotsAway', 'strengthHomeAway', 'restDaysHome'];
  expect(
    measuresOf(names.map(feature)).map(({ name, home, away, value }) => [
      name,
      home?.name,
      away?.name,
      value?.name,
    ]),
  ).toEqual([
    ['eloDifference', undefined, undefined, 'eloDifference'],
    ['gapShots', 'gapShotsHome', 'gapShotsAway', undefined],
    ['strengthHomeAway', undefined, undefined, 'strengthHomeAway'],
    ['restDaysHome', undefined, undefined, 'restDaysHome'],
  ]);
});

test('a value belongs to the band whose upper end it does not exceed', () => {
  const none = { n: 0, hits: 0, share: null, low: null, high: null, level: 0.95 };
  const mean = { n: 0, mean: null, low: null, high: null, level: 0.95 };
  const bands = [
    { from: 0, to: 0.03, noise: none, yield: mean },
    { from: 0.03, to: null, noise: none, yield: mean },
  ];
  expect(bandOf(bands, 0.03)?.from).toBe(0);
  expect(bandOf(bands, 0.031)?.from).toBe(0.03);
  expect(bandOf(bands, 0)).toBeUndefined();
});

test('places lead up or down by the format alone', () => {
  const format = { shape: 'table' as const, clubs: 4, matches: 6, upper: 1, lower: 1 };
  expect([1, 2, 3, 4].map((place) => zoneOf(place, 4, format))).toEqual([
    'upper',
    undefined,
    undefined,
    'lower',
  ]);
  // Two clubs have not played yet: the third of two is no last place.
  expect(zoneOf(2, 2, format)).toBeUndefined();
  expect(zoneOf(1, 4, { ...format, shape: 'zones' })).toBeUndefined();
});
