import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../../engine/football/getting/sources/facts/instants.ts';
import { parseText } from '../../fixtures/getting.ts';

const absences = {
  kind: 'absence',
  championship: { code: 'E0' },
  columns: { team: 'Club', knownAt: 'Seen', player: 'Player', reason: 'Why', isKey: 'Key', backAt: 'Back' },
  reasons: { 'Red card': 'suspension' },
};
const read = (text: string, mapping: unknown) => parseText(text, { source: 'facts', key: 'a.csv', mapping });

describe('a table of absences', () => {
  it('gives who is out since when, for what, and until when', () => {
    const text = [
      'Club,Seen,Player,Why,Key,Back',
      'Arsenal,2024-05-01,A. One,injury,yes,2024-05-20',
      'Fulham,2024-05-02 18:30,B. Two,Red card,,',
      'Fulham,2024-05-02T18:30:00Z,C. Three,Personal,0,',
    ].join('\n');
    const { facts, refused } = read(text, absences);
    expect(refused).toEqual([]);
    expect(facts![0]!.championship).toBe('E0');
    const evening = Date.UTC(2024, 4, 2, 18, 30);
    expect(facts![0]!.facts).toMatchObject([
      // A day alone is known when it is over; whoever is back on a day is back when it begins.
      { team: 'Arsenal', knownAt: Date.UTC(2024, 4, 2), isKey: true, backAt: Date.UTC(2024, 4, 20) },
      { knownAt: evening, reason: 'suspension', isKey: false, backAt: null },
      { knownAt: evening, reason: 'other' },
    ]);
  });

  it('is refused row by row where a row cannot be', () => {
    const text = [
      'Club,Seen,Player,Why,Key,Back',
      ',2024-05-01,A,injury,,',
      'Arsenal,yesterday,A,injury,,',
      'Arsenal,2024-05-01,,injury,,',
      'Arsenal,2024-05-10,A,injury,,2024-05-09',
      'Arsenal,2024-05-22,A,injury,,',
    ].join('\n');
    const parsed = read(text, absences);
    expect(parsed.refused.map(({ reason }) => reason)).toEqual([
      'The team is missing.',
      "'yesterday' does not say when it was known.",
      'The player is missing.',
      "The return '2024-05-09' is no instant after the absence was known.",
      'The row says that it will be known later.',
    ]);
    // Tomorrow the last row may be read.
    expect(parsed.isSettled).toBe(false);
    expect(parsed.facts).toEqual([]);
  });

  it('is refused whole where columns or the mapping are wrong', () => {
    expect(() => read('Club,Seen\nArsenal,2024-05-01', absences)).toThrow('lacks the columns Player, Why');
    expect(() => read('a', { ...absences, kind: 'weather' })).toThrow("mapping's kind");
    expect(() => read('a', undefined)).toThrow('needs --mapping');
  });
});

describe('tables of other facts', () => {
  const base = { championship: { code: 'E0' } };
  it.each([
    [
      "squad values in the file's own unit",
      { kind: 'squad-value', columns: { team: 'T', knownAt: 'D', value: 'V' }, unit: 1e-6 },
      'T,D,V\nArsenal,2024-01-01,900000000',
      { kind: 'squad-value', millionEuros: 900 },
    ],
    [
      'stadiums',
      { kind: 'stadium', columns: { team: 'T', knownAt: 'D', latitude: 'Y', longitude: 'X' } },
      'T,D,Y,X\nArsenal,2006-07-22,51.555,-0.108',
      { kind: 'stadium', latitude: 51.555, longitude: -0.108, name: null },
    ],
    [
      'changes of manager',
      { kind: 'manager', columns: { team: 'T', knownAt: 'D', name: 'N' } },
      'T,D,N\nArsenal,2019-12-20,M. Arteta',
      { kind: 'manager', name: 'M. Arteta' },
    ],
  ])('bring %s', (_, mapping, text, expected) => {
    expect(read(text, { ...base, ...mapping }).facts![0]!.facts).toMatchObject([expected]);
  });

  it.each([
    [{ kind: 'squad-value', columns: { team: 'T', knownAt: 'D', value: 'V' } }, 'T,D,V\nA,2024-01-01,0'],
    [
      { kind: 'stadium', columns: { team: 'T', knownAt: 'D', latitude: 'Y', longitude: 'X' } },
      'T,D,Y,X\nA,2024-01-01,91,0',
    ],
    [{ kind: 'manager', columns: { team: 'T', knownAt: 'D', name: 'N' } }, 'T,D,N\nA,2024-01-01,'],
  ])('refuse what cannot be', (mapping, text) => {
    expect(read(text, { ...base, ...mapping })).toMatchObject({ refusedCount: 1, facts: [] });
  });
});

describe('the instant of a cell', () => {
  it('is read in the given zone, and a day alone is over', () => {
    expect(parseInstant('2024-01-10 12:00', 'Europe/Moscow')).toBe(Date.UTC(2024, 0, 10, 9));
    expect(parseInstant('10.01.2024', 'UTC')).toBe(Date.UTC(2024, 0, 11));
    expect(parseInstant('2024-01-10', 'UTC', true)).toBe(Date.UTC(2024, 0, 10));
    expect(parseInstant('2024-01-10T09:00:00+03:00', 'UTC')).toBe(Date.UTC(2024, 0, 10, 6));
    expect(parseInstant('soon', 'UTC')).toBeNaN();
  });
});
