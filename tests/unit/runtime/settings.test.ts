import { describe, expect, test } from 'vitest';
import { openReader, openWriter } from '../../../db/client.ts';
import { openSettings, settingDefinitions, settingKeys } from '../../../engine/runtime/settings.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

const clock = { now: () => 1_000 };
const code = (expected: string) => expect.objectContaining({ code: expected }) as Error;

function settingsOf(folder = temporaryFolder()) {
  const database = openWriter(folder.join('auspex.sqlite'));
  return {
    database,
    settings: openSettings(database, clock),
    [Symbol.dispose]() {
      database.close();
      folder[Symbol.dispose]();
    },
  };
}

test('every setting has a default that its own rule accepts, and says what it is for', () => {
  for (const key of settingKeys) {
    const { schema, default: fallback, description } = settingDefinitions[key];
    expect(schema.safeParse(fallback).success, key).toBe(true);
    expect(description, key).toMatch(/^[A-Z].*\.$/);
  }
});

test('a setting is its default until it is set, and again when it is reset', () => {
  using home = settingsOf();
  const { settings, database } = home;
  expect([settings.get('language'), settings.get('runtime.threads')]).toEqual(['en', 0]);
  settings.set('language', 'ru');
  settings.set('zone', 'Europe/Moscow');
  using reader = openReader(database.path);
  expect(openSettings(reader, clock).get('language')).toBe('ru');
  settings.reset('language');
  expect(settings.get('language')).toBe('en');
  expect(settings.list().filter(({ value, default: fallback }) => value !== fallback)).toMatchObject([
    { key: 'zone', value: 'Europe/Moscow', default: 'UTC' },
  ]);
});

describe('a refusal names the setting, what was expected and what came', () => {
  test.each([
    ['language', 'de', 'setting language: expected one of: en, ru, got "de"'],
    ['zone', 'Mars/Olympus', 'expected the name of a time zone, such as Europe/London, got "Mars/Olympus"'],
    ['zone', 3, 'expected the name of a time zone, got 3'],
    ['selection.target', 1.2, 'setting selection.target: expected at most 0.99, got 1.2'],
    ['selection.target', 'high', 'expected a number from 0.5 to 0.99, got "high"'],
    ['runtime.threads', 1.5, 'expected a whole number, got 1.5'],
    ['runtime.threads', undefined, 'expected a whole number, got nothing'],
    ['colour', 'red', 'There is no setting "colour"; there are: language,'],
  ])('%s = %j', (key, value, sentence) => {
    using home = settingsOf();
    expect(() => home.settings.set(key, value)).toThrow(code('CONFIGURATION_INVALID'));
    expect(() => home.settings.set(key, value)).toThrow(sentence);
  });

  test('also when it was stored by something else', () => {
    using home = settingsOf();
    const store = home.database.sqlite.prepare('INSERT OR REPLACE INTO setting VALUES (?, ?, 0)');
    store.run('runtime.threads', '"many"');
    expect(() => home.settings.get('runtime.threads')).toThrow(
      'setting runtime.threads: expected a whole number',
    );
    store.run('runtime.threads', '{oops');
    expect(() => home.settings.get('runtime.threads')).toThrow('expected JSON in the database, got {oops');
  });
});
