import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { wordsOfFeature } from '../../../engine/football/calculation/feature-words.ts';
import { featureSets } from '../../../engine/football/calculation/registry.ts';

const definitions = featureSets.flatMap((set) => set.definitions);

/** Names and abbreviations that are written alike in every language. */
const international =
  /PageRank|Pinnacle|Bet365|resources\/derbies\.json|log10|exp|sign|ln|[gRdnrx](?=[ (|),;.:]|$)/g;

test('every sentence of every feature has its Russian one', () => {
  const english = definitions.flatMap((definition) =>
    Object.values(wordsOfFeature(definition, 'ru'))
      .filter((text) => /[a-z]/i.test(text.replace(international, '')))
      .map((text) => `${definition.name}: ${text}`),
  );
  expect(english).toEqual([]);
});

test('the Russian sentences are those of the definitions, without leftovers, and keep every number', () => {
  const file = new URL('../../../resources/features/ru.json', import.meta.url);
  const held = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string>>;
  const neutral = (text: string) => text.replace(/^(?:Home|Away) club's /, '').replace(/\d+(?:\.\d+)?/g, '#');
  const used = {
    sides: ['Home', 'Away'],
    descriptions: definitions.map(({ description }) => neutral(description)),
    formulas: definitions.flatMap(({ formula = [] }) => formula),
    asOf: definitions.map(({ asOf }) => asOf),
    missing: definitions.map(({ missing }) => missing),
    units: definitions.map(({ unit }) => unit),
  };
  const keysOf = (list: readonly string[]) => [...new Set(list)].sort();
  for (const [kind, sentences] of Object.entries(held)) {
    expect(Object.keys(sentences).sort(), kind).toEqual(keysOf(used[kind as keyof typeof used]));
  }
  const numbers = (text: string) => text.replace(/(\d)[.,](\d{3}\b|\d+)/g, '$1$2').match(/\d+|#/g) ?? [];
  for (const [english, russian] of Object.values(held).flatMap((one) => Object.entries(one))) {
    expect(numbers(russian), english).toEqual(numbers(english));
  }
});

test('a sentence names its side and writes its numbers as the language does', () => {
  const said = (name: string) =>
    wordsOfFeature(
      definitions.find((one) => one.name === name)!,
      'ru',
    ).description;
  expect(said('formPointsWeightedAway')).toBe(
    'Гости: среднее число очков за последние 10 матчей этого чемпионата; каждый более старый весит 0,85 следующего.',
  );
});
