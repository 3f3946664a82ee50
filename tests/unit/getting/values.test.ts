import { describe, expect, test } from 'vitest';
import { seasonStart } from '../../../engine/football/getting/championships.ts';
import { decodeText } from '../../../engine/football/getting/decode.ts';
import { foldName, nameSimilarity } from '../../../engine/football/getting/names.ts';
import { readTable } from '../../../engine/football/getting/table.ts';
import { parseCount, parseDay, parseNumber, parseTime } from '../../../engine/football/getting/values.ts';
import { dayText } from '../../../engine/contract/zones.ts';

const code = (expected: string) => expect.objectContaining({ code: expected }) as Error;
const bytes = (...values: number[]) => Uint8Array.from(values);
const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0));

describe('cells', () => {
  test.each([
    ['13/08/05', '2005-08-13'],
    ['11/08/2023', '2023-08-11'],
    ['25/12/93', '1993-12-25'],
    ['2024-02-29', '2024-02-29'],
    ['2020-08-08 10:00:00', '2020-08-08'],
    ['8.5.2021', '2021-05-08'],
    ['29/02/2023', ''],
    ['2023/08/11', ''],
    ['11 Aug 2023', ''],
    ['', ''],
  ])('%j is the day %j', (text, day) => {
    expect(dayText(parseDay(text))).toBe(day);
  });

  test('numbers have a point or a comma, counts are whole, times have minutes', () => {
    expect([' 2,5 ', '-0.75', '.5', '1.234,5', '1e3', 'abc', ''].map(parseNumber)).toEqual([
      ...[2.5, -0.75, 0.5, NaN, NaN, NaN, NaN],
    ]);
    expect(['2', '2.0', '2.5', '-1', '100', ''].map((cell) => parseCount(cell))).toEqual([
      2,
      2,
      NaN,
      NaN,
      NaN,
      NaN,
    ]);
    expect(['20:00', '9:30', '10:00:00', '24:00', '20.00', ''].map(parseTime)).toEqual([
      1200,
      570,
      600,
      NaN,
      NaN,
      NaN,
    ]);
  });

  test('0506, 2005/06 and 2005-2006 are one season; 2021 is two things in two kinds of championship', () => {
    for (const text of ['0506', '2005/06', '2005-06', '2005/2006']) {
      expect(seasonStart(text, 'autumn-spring')).toBe(2005);
    }
    expect(seasonStart('9394', 'autumn-spring')).toBe(1993);
    expect(seasonStart('9900', 'autumn-spring')).toBe(1999);
    expect(seasonStart('2021', 'autumn-spring')).toBe(2020);
    expect(seasonStart('2021', 'calendar')).toBe(2021);
    expect(seasonStart('last', 'calendar')).toBeUndefined();
  });
});

describe('text', () => {
  test('a byte order mark, UTF-8 and the two Windows code pages are told apart', () => {
    expect(decodeText(bytes(0xef, 0xbb, 0xbf, ...ascii('Div'))).text).toBe('Div');
    expect(decodeText(new TextEncoder().encode('Köln')).encoding).toBe('utf-8');
    expect(decodeText(bytes(...ascii('FC K'), 0xf6, ...ascii('ln'))).text).toBe('FC Köln');
    const zenith = bytes(0xc7, 0xe5, 0xed, 0xe8, 0xf2);
    expect(decodeText(zenith).text).toBe('Зенит');
    expect(decodeText(zenith, 'windows-1252').text).toBe('Çåíèò');
  });

  test.each([
    ['nothing', bytes()],
    ['white space', new TextEncoder().encode('\n \n')],
    ['a web page', new TextEncoder().encode('\n<!DOCTYPE html><html><body>Not found</body></html>')],
    ['binary', bytes(0x50, 0x4b, 3, 4, 0, 0, 0)],
  ])('%s is refused as a file', (_, content) => {
    expect(() => decodeText(content)).toThrow(code('FILE_FORMAT'));
  });

  test('a file above the limit is refused unread', () => {
    expect(() => decodeText(new Uint8Array(33 * 1024 * 1024))).toThrow(code('SOURCE_TOO_LARGE'));
  });

  test('the delimiter is the header’s', () => {
    expect(readTable('a;b;c\n1,5;2;3\n').rows[0]).toEqual(['1,5', '2', '3']);
    expect(readTable('a\tb\n1\t2\n').rows[0]).toEqual(['1', '2']);
    expect([...readTable('"x, y",b\n1,2\n').columns.keys()]).toEqual(['x, y', 'b']);
  });

  test('a last row that breaks off and a quote that never ends are truncation', () => {
    expect(() => readTable('a,b,c\n1,2,3\n4,5')).toThrow(code('FILE_TRUNCATED'));
    expect(() => readTable('a,b,c\n1,"2,3\n4,5,6\n')).toThrow(code('FILE_TRUNCATED'));
    expect(() => readTable('a,b,c\n1,2\n4,5\n')).not.toThrow();
    expect(() => readTable('a,b,c,,\n1,2,3\n\n,,,,\n')).not.toThrow();
  });
});

describe('names', () => {
  test('case, accents, punctuation and white space make no other name', () => {
    expect(foldName('1. FC KÖLN ')).toBe(foldName('1 fc koln'));
    expect(foldName('St. Pauli')).toBe(foldName('St Pauli'));
    expect(foldName('Bodø/Glimt')).toBe(foldName('Bodo Glimt'));
    expect(foldName('Sociedad')).not.toBe(foldName('Sociedad B'));
  });

  test.each([
    ['Wolverhampton Wanderers FC', 'Wolves', ['West Ham', 'Wycombe', 'Everton']],
    ['Manchester United FC', 'Man United', ['Man City', 'Sheffield United', 'Leeds']],
    ['Sheffield Wednesday', 'Sheffield Weds', ['Sheffield United', 'West Ham', 'Watford']],
    ['FC Bayern München', 'Bayern Munich', ['Leverkusen', 'Munich 1860', 'Bochum']],
    ['Stade Rennais FC 1901', 'Rennes', ['Reims', 'Brest', 'Nantes']],
  ])('%s is most like %s', (name, expected, others) => {
    for (const other of others) {
      expect(nameSimilarity(name, expected)).toBeGreaterThan(nameSimilarity(name, other));
    }
  });
});
