import { describe, expect, test } from 'vitest';
import { qualityChecks } from '../../../../engine/contract/data.ts';
import type { ImportPreview } from '../../../../engine/contract/imports.ts';
import { draftOf, mappingOf, missingFields } from '../../../../renderer/screens/data/import/import-draft.ts';
import en from '../../../../renderer/texts/en/data.json';
import ru from '../../../../renderer/texts/ru/data.json';

const column = (name: string, samples: string[] = []) => ({
  name,
  filled: 1,
  numbers: 0,
  days: 0,
  decimalCommas: 0,
  strays: [],
  samples,
});
const preview: ImportPreview = {
  sheets: null,
  encoding: 'windows-1251',
  delimiter: ';',
  rowCount: 2,
  columns: [column('league', ['E0', 'АПЛ']), column('date')],
  rows: [],
  suggestion: {
    columns: { date: 'date' },
    championshipColumn: 'league',
    odds: [
      { bookmaker: 'B365', isClosing: true, columns: ['B365CH', 'B365CD', 'B365CA'] },
      { bookmaker: 'Max', isClosing: false, columns: ['MaxH', 'MaxD', 'MaxA'] },
    ],
  },
};

describe('the meaning of a file', () => {
  test('begins with what the headings say, and names what is still to be said', () => {
    const draft = draftOf(preview);
    expect(draft).toMatchObject({
      championshipFrom: 'column',
      championshipColumn: 'league',
      columns: { date: 'date' },
    });
    expect(missingFields(draft)).toEqual(['home', 'away', 'homeGoals', 'awayGoals']);
    expect(missingFields({ ...draft, championshipFrom: 'fixed' })).toContain('championship');
  });

  test('becomes the mapping of the source: codes stand for themselves, other values for what was said', () => {
    const draft = { ...draftOf(preview), codes: { АПЛ: 'E0' }, odds: ['Max'] };
    expect(mappingOf(draft, preview, ['E0', 'SP1'])).toMatchObject({
      source: 'csv',
      championship: { column: 'league', codes: { E0: 'E0', АПЛ: 'E0' } },
      columns: { date: 'date' },
      encoding: 'windows-1251',
      delimiter: ';',
      // The best price of many is no bookmaker's own.
      odds: [
        { bookmaker: { code: 'Max', kind: 'best' }, phase: 'preMatch', columns: ['MaxH', 'MaxD', 'MaxA'] },
      ],
    });
  });
});

describe('the report on quality', () => {
  test('words every check in every language', () => {
    for (const { quality } of [en, ru])
      expect(Object.keys(quality.checks).sort()).toEqual([...qualityChecks].sort());
  });
});
