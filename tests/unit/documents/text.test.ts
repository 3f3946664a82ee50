import { describe, expect, test } from 'vitest';
import {
  escapeFormula,
  escapeMarkdown,
  escapeMarkup,
  shorten,
  singleLine,
} from '../../../engine/documents/text.ts';

describe('text from outside', () => {
  test.each([
    ['abc\u202Egnp.exe\u2066', 'abcgnp.exe'],
    ['\ufeffClub\u200f', 'Club'],
    ['a\u0000b\r\nc\td\u2028e', 'a b c d e'],
    ['Club \ud83d', 'Club \ufffd'],
    ['הפועל תל אביב', 'הפועל תל אביב'],
    ['می‌خواهم 👨‍👩‍👦', 'می‌خواهم 👨‍👩‍👦'],
  ])('%j is shown as %j', (text, shown) => {
    expect(singleLine(text)).toBe(shown);
  });

  test('is shortened by characters as a reader counts them', () => {
    expect(shorten('Arsenal', 7)).toBe('Arsenal');
    expect(shorten('Wolverhampton', 6)).toBe('Wolve…');
    expect(shorten('👨‍👩‍👦👨‍👩‍👦', 2)).toBe('👨‍👩‍👦👨‍👩‍👦');
    expect(shorten('é'.normalize('NFD').repeat(4), 3)).toBe(`${'é'.normalize('NFD').repeat(2)}…`);
  });

  test('is escaped for markup in content and in attributes', () => {
    expect(escapeMarkup(`<a b="c" d='e'>&amp;\``)).toBe(
      '&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;&#96;',
    );
  });

  test('an ordinary name is left readable in Markdown', () => {
    expect(escapeMarkdown("Nott'm Forest (W) - St. Pauli 1910")).toBe("Nott'm Forest (W) - St. Pauli 1910");
    expect(escapeMarkdown('1. FC Köln')).toBe('1\\. FC Köln');
    expect(escapeMarkdown('a|b')).toBe('a\\|b');
  });

  test.each(['=1', '+1', '-1', '@x', '\t=1', ' =1', '＝1', '|x', '%x'])(
    '%j is no formula in a spreadsheet',
    (text) => {
      expect(escapeFormula(text)).toMatch(/^'/);
    },
  );

  test('an ordinary name is no formula', () => {
    expect(escapeFormula('1. FC Köln')).toBe('1. FC Köln');
  });
});
