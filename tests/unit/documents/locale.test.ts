import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { languages } from '../../../engine/contract/domain.ts';
import { errorCodes } from '../../../engine/contract/errors.ts';
import { loadLocale, readTexts } from '../../../engine/documents/locale.ts';

const root = resolve(import.meta.dirname, '../../..');

function flatten(tree: ReturnType<typeof readTexts>, path = ''): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const name = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') texts.set(name, value);
    else for (const [inner, text] of flatten(value, name)) texts.set(inner, text);
  }
  return texts;
}

const texts = { en: flatten(readTexts('en')), ru: flatten(readTexts('ru')) };
const withoutForm = (key: string): string => key.replace(/_(zero|one|two|few|many|other)$/, '');

describe('prices', () => {
  test.each([
    ['decimal', '2.50', '1.40', '1.01'],
    ['fractional', '3/2', '2/5', '1/100'],
    ['american', '+150', '−250', '−10000'],
  ] as const)('are written as %s', (format, ...written) => {
    const { odds } = loadLocale('en', format);
    expect([2.5, 1.4, 1.01].map((price) => odds(price))).toEqual(written);
  });
});

describe('the locale files', () => {
  test('say the same things in every language', () => {
    const keys = languages.map((language) =>
      [...new Set([...texts[language].keys()].map(withoutForm))].sort(),
    );
    expect(keys[1]).toEqual(keys[0]);
  });

  test.each(languages)('%s has every plural form of each counted text', (language) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const counted = new Set(
      [...texts[language].keys()].filter((key) => withoutForm(key) !== key).map(withoutForm),
    );
    const absent = [...counted].flatMap((key) =>
      forms.map((form) => `${key}_${form}`).filter((name) => !texts[language].has(name)),
    );
    expect(absent).toEqual([]);
  });

  test.each(languages)('%s words every error code and no text is empty', (language) => {
    expect(errorCodes.filter((code) => !texts[language].has(`errors.${code}`))).toEqual([]);
    expect([...texts[language]].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  test('use the same placeholders in every language', () => {
    const placeholders = (text: string): string[] =>
      [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort();
    const different = [...texts.en].filter(([key, text]) => {
      const other = texts.ru.get(key);
      return other !== undefined && String(placeholders(text)) !== String(placeholders(other));
    });
    expect(different).toEqual([]);
  });

  test('hold every key that the program names', () => {
    const held = new Set([...texts.en.keys()].map(withoutForm));
    const files = globSync('{engine,scripts}/**/*.ts', { cwd: root });
    const absent = files.flatMap((file) => {
      const source = readFileSync(resolve(root, file), 'utf8');
      const named = [...source.matchAll(/locale\.t\(\s*'([a-zA-Z0-9.-]+)'/g)].map((match) => match[1] ?? '');
      return named.filter((key) => !held.has(key));
    });
    expect(absent).toEqual([]);
  });
});

describe('a locale', () => {
  test.each([
    [1, 'Нет прогноза на 1 матч, который должен состояться.'],
    [3, 'Нет прогноза на 3 матча, которые должны состояться.'],
    [12, 'Нет прогноза на 12 матчей, которые должны состояться.'],
    [21, 'Нет прогноза на 21 матч, который должен состояться.'],
  ])('counts %i in Russian', (count, sentence) => {
    expect(loadLocale('ru').t('documents.failures.lead', { count })).toBe(sentence);
  });

  test('never reads a value as a template', () => {
    const hostile = '{{n}} $t(documents.forecast.overview) {{- n}}';
    expect(loadLocale('en').t('documents.cells.since', { hits: hostile })).toBe(`since then ${hostile}`);
  });

  test('names the zone and its offset as it holds on the day', () => {
    const english = loadLocale('en');
    expect(english.instant(Date.UTC(2026, 0, 10, 15), 'Europe/London')).toBe('10 Jan 2026, 15:00 GMT+0');
    expect(english.instant(Date.UTC(2026, 6, 10, 15), 'Europe/London')).toBe('10 Jul 2026, 16:00 GMT+1');
    expect(loadLocale('ru').day('2026-11-21')).toBe('суббота, 21 ноября 2026 г.');
  });
});
