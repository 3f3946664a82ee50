import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../../renderer/', import.meta.url));
type Tree = { readonly [key: string]: string | Tree };
const plural = /_(zero|one|two|few|many|other)$/;

const read = (language: string, namespace: string) =>
  JSON.parse(readFileSync(`${root}texts/${language}/${namespace}.json`, 'utf8')) as Tree;
const leaves = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : leaves(value, `${path}${key}.`),
  );
const files = (language: string) => readdirSync(`${root}texts/${language}`).sort();
const placeholders = (text: string) =>
  [...text.matchAll(/\{\{\s*([\w-]+)[^}]*\}\}/g)].map(([, name]) => name!).sort();

test('both languages have the same files', () => {
  expect(files('ru')).toEqual(files('en'));
});

describe.each(files('en').map((file) => file.replace('.json', '')))('the texts of %s', (namespace) => {
  const [en, ru] = [leaves(read('en', namespace)), leaves(read('ru', namespace))];
  const stems = (texts: [string, string][]) =>
    [...new Set(texts.map(([key]) => key.replace(plural, '')))].sort();

  test('have the same keys in both languages', () => {
    expect(stems(ru)).toEqual(stems(en));
  });

  test('have every plural form that the language has', () => {
    const forms = (texts: [string, string][], stem: string) =>
      texts.flatMap(([key]) => (key.replace(plural, '') === stem ? [plural.exec(key)?.[1]] : [])).sort();
    const counted = stems(en).filter((stem) => en.some(([key]) => key === `${stem}_other`));
    for (const stem of counted) {
      expect(forms(en, stem), stem).toEqual(['one', 'other']);
      expect(forms(ru, stem), stem).toEqual(['few', 'many', 'one', 'other']);
    }
  });

  test('are filled with the same values in both languages', () => {
    const english = new Map(en.map(([key, text]) => [key.replace(plural, ''), placeholders(text)]));
    for (const [key, text] of ru) {
      // Of a single thing a sentence may say less.
      if (key.endsWith('_one')) continue;
      // A count may be left to the form of the word.
      const names = (list: string[]) => [...new Set(list)].filter((name) => name !== 'count');
      expect(names(placeholders(text)), key).toEqual(names(english.get(key.replace(plural, '')) ?? []));
    }
  });

  test('are empty in both languages or in none, and have no letters of the other alphabet', () => {
    const empty = (texts: [string, string][]) =>
      texts.flatMap(([key, text]) => (text.trim() === '' ? [key] : []));
    expect(empty(ru)).toEqual(empty(en));
    for (const [key, text] of en) expect(text.replace('Русский', ''), key).not.toMatch(/[а-яё]/i);
    for (const [key, text] of ru) expect(text, key).not.toMatch(/[a-z][а-яё]|[а-яё][a-z]/i);
  });
});

describe('components hold no words of their own', () => {
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.tsx'),
  );

  test.each(sources)('%s', (path) => {
    const code = readFileSync(`${root}${path}`, 'utf8').replaceAll(/\{\/\*.*?\*\/\}/gs, '');
    // Words between tags, and words in attributes that are read or read out.
    const between = [
      ...code.matchAll(/(?<![=-])>\s*([A-Z][a-z]+(?: [a-z]+)+[.!?]?|[А-Яа-яЁё]{3,}[^<{]*)\s*<\//g),
    ];
    const attributes = [
      ...code.matchAll(
        /\b(?:aria-label|title|placeholder|label|alt|description)="([^"]*[A-Za-zА-Яа-я]{3,}[^"]*)"/g,
      ),
    ];
    expect(
      [...between, ...attributes].map(([, words]) => words).filter((words) => words !== 'Auspex'),
    ).toEqual([]);
  });
});
