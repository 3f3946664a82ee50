import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitText } from '../../../engine/channels/split.ts';

const solid = (text: string): string => text.replaceAll(/\s+/g, '');

test('a text is cut at an empty line rather than at a line, at a line rather than at a space', () => {
  expect(splitText('one two\nthree\n\nfour', 15)).toEqual(['one two\nthree', 'four']);
  expect(splitText('one two\nthree four', 12)).toEqual(['one two', 'three four']);
  expect(splitText('one two three', 9)).toEqual(['one two', 'three']);
  expect(splitText('  ', 9)).toEqual([]);
});

test('no piece is longer than the limit, none is empty, none ends within a character, and nothing but space is lost', () => {
  const text = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('\n', '\n\n', ' ', '😀')), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(text, fc.integer({ min: 8, max: 80 }), (pieces, limit) => {
      const whole = pieces.join('');
      const parts = splitText(whole, limit);
      expect(parts.every((part) => part.length <= limit && part.trim() !== '' && part.isWellFormed())).toBe(
        true,
      );
      expect(solid(parts.join(''))).toBe(solid(whole));
    }),
  );
});
