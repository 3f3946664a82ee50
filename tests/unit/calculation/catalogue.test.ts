import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { featureCatalogue } from '../../../engine/football/calculation/catalogue.ts';
import { featureSets } from '../../../engine/football/calculation/registry.ts';

test('docs/FEATURES.md is what the definitions say; `node scripts/features.ts` writes it anew', () => {
  const page = readFileSync(new URL('../../../docs/FEATURES.md', import.meta.url), 'utf8');
  expect(page).toBe(featureCatalogue());
});

test('the catalogue names every feature once', () => {
  const named = [...featureCatalogue().matchAll(/`([a-z][A-Za-z0-9]+)`(?=,| \()/g)].map((match) => match[1]);
  expect(named.sort()).toEqual(featureSets.flatMap(({ names }) => names).sort());
});
