import { createInstance } from 'i18next';
import { expect, test } from 'vitest';
import type { Edit } from '../../../../engine/contract/workspace.ts';
import { editWords } from '../../../../renderer/frame/edit-words.ts';
import frame from '../../../../renderer/texts/en/frame.json';
import settings from '../../../../renderer/texts/en/settings.json';

const texts = createInstance();
await texts.init({
  lng: 'en',
  resources: { en: { frame, settings } },
  interpolation: { escapeValue: false },
});

test.each([
  ['setting', 'odds.format', 'setting “Prices”'],
  ['channel', 'posts', 'channel “posts”'],
  ['item', 'view/matches/Home/away', 'saved view “Home/away”'],
  ['item', 'shortcut/own', 'keyboard shortcuts'],
  ['item', 'grid/matches', 'saved item “matches”'],
] satisfies [Edit['kind'], string, string][])('%s %s is called: %s', (kind, subject, words) => {
  expect(editWords({ kind, subject }, texts.t)).toBe(words);
});
