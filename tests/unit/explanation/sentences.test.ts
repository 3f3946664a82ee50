import { describe, expect, it } from 'vitest';
import { languages } from '../../../engine/contract/domain.ts';
import type { Explanation } from '../../../engine/contract/explanation.ts';
import { loadLocale, type Locale } from '../../../engine/documents/locale.ts';
import { calculators } from '../../../engine/football/calculation/registry.ts';
import { adjustment, clubs, measureOf } from '../../../engine/football/explanation/groups.ts';
import { explanationSentences } from '../../../engine/football/explanation/sentences.ts';

const explanation: Omit<Explanation, 'sentences'> = {
  matchId: 7,
  championship: 'X1',
  matchDay: '2026-11-21',
  home: 'Whitcombe',
  away: 'Kestrel Bay',
  family: 'pool',
  origin: 'live',
  madeAt: 0,
  probabilities: { H: 0.523, D: 0.261, A: 0.216 },
  label: 'H',
  logOdds: { base: 0.4, total: Math.log(0.523 / 0.216) },
  drawLogOdds: { base: -0.2, total: -0.25 },
  factors: [
    {
      group: 'strength',
      contribution: 0.52,
      drawContribution: 0.01,
      measures: [
        { name: 'strengthHomeAway', home: null, away: null, value: 0.87, contribution: 0.52 },
        { name: 'strengthGoals', home: 1.71, away: 0.94, value: null, contribution: null },
      ],
    },
    {
      group: 'schedule',
      contribution: -0.03,
      drawContribution: 0,
      measures: [{ name: 'restDays', home: 3, away: null, value: null, contribution: -0.03 }],
    },
    { group: 'clubs', contribution: -0.02, drawContribution: 0, measures: [] },
    { group: 'elo', contribution: 0.001, drawContribution: 0, measures: [] },
  ],
  strength: {
    label: 'moderate',
    probability: 0.523,
    cutOffs: { strong: 0.6, moderate: 0.45 },
    record: { n: 1203, hits: 612, live: 18 },
  },
  nearest: {
    features: ['strengthHomeAway'],
    considered: 20_000,
    matches: [
      {
        matchId: 3,
        championship: 'X1',
        matchDay: '2025-10-04',
        home: 'Alder',
        away: 'Birch',
        homeGoals: 2,
        awayGoals: 1,
        distance: 0.034,
      },
    ],
    endings: { n: 50, H: 27, D: 14, A: 9 },
  },
};

/** Every figure of the explanation as a reader may see it. */
function figuresOf(locale: Locale): Set<string> {
  const texts = new Set<string>();
  const add = (value: number) => {
    texts.add(locale.number(value, 2)).add(locale.percent(value)).add(locale.percent(value, 0));
    texts.add(locale.integer(value)).add(locale.number(Math.exp(value), 2));
  };
  const walk = (value: unknown): void => {
    if (typeof value === 'number') add(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
  };
  walk(explanation);
  const { record } = explanation.strength;
  add(record.hits / record.n);
  return texts;
}

describe('the explanation in words', () => {
  it.each(languages)('has no number that is not in the data, in %s', (language) => {
    const locale = loadLocale(language);
    const figures = [...figuresOf(locale)].map((text) => text.replaceAll(/[\s%]/g, ''));
    // The smaller factors are summed up, and counted.
    figures.push('1', locale.number(Math.exp(0.001), 2));
    const known = new Set(figures);
    for (const sentence of explanationSentences(explanation, locale)) {
      const plain = sentence.replace(locale.shortDay('2025-10-04'), '').replace('2:1', '');
      for (const [number] of plain.matchAll(/-?\d[\d.,\s]*\d|-?\d/g)) {
        expect(known, `${number} in: ${sentence}`).toContain(number.replaceAll(/\s/g, ''));
      }
    }
  });

  it('names the team that a factor speaks for', () => {
    const sentences = explanationSentences(explanation, loadLocale('en'));
    expect(sentences.some((text) => text.startsWith('For Whitcombe: attack and defence'))).toBe(true);
    expect(sentences.some((text) => text.startsWith('For Kestrel Bay: rest and promotion'))).toBe(true);
    expect(sentences.join(' ')).toContain('days of rest 3.00 : –');
  });

  it.each(languages)('has words for every group and measure of the core, in %s', (language) => {
    const locale = loadLocale(language);
    const features = calculators.flatMap((calculator) => calculator.features.map(({ name }) => name));
    const all = new Set(features);
    const keys = [
      ...calculators.map(({ name }) => `groups.${name}`),
      ...[clubs, adjustment, 'other'].map((name) => `groups.${name}`),
      ...features.map((name) => `measures.${measureOf(name, all).name}`),
    ];
    for (const key of keys) expect(locale.t(`explanation.${key}`)).not.toContain('explanation.');
  });
});
