import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  foldText,
  isWithinErrors,
  matchScore,
  otherLayout,
  romanize,
  searchable,
  wanted,
} from '../../../engine/contract/text-match.ts';

test('the other layout is what the same keys give, both ways', () => {
  expect(otherLayout('руты')).toBe('hens');
  expect(otherLayout('matches')).toBe('ьфесруы');
  expect(otherLayout(otherLayout('спартак'))).toBe('спартак');
});

test('marks, capitals and signs do not matter', () => {
  expect(foldText('  Málaga C.F. – «Ёлка» ')).toBe('malaga c f елка');
  expect(romanize('спартак щука')).toBe('spartak shchuka');
});

test('typing errors are counted: one letter wrong, missing, too many, or two swapped', () => {
  for (const typed of ['arsenel', 'arsnal', 'arssenal', 'asrenal']) {
    expect(isWithinErrors('arsenal', typed, 1), typed).toBe(true);
  }
  expect(isWithinErrors('arsenal', 'asrenel', 1)).toBe(false);
  expect(isWithinErrors('arsenal', 'asrenel', 2)).toBe(true);
});

describe('a name is found by', () => {
  const score = (name: string, typed: string) => matchScore(searchable(name), wanted(typed));

  test.each([
    ['Manchester United', 'manchester united'],
    ['Manchester United', 'united'],
    ['Manchester United', 'manch uni'],
    ['Manchester United', 'mu'],
    ['Manchester United', 'machester'],
    ['Manchester United', 'ьфтсруыеук'],
    ['Spartak Moscow', 'спартак'],
    ['Спартак Москва', 'spartak'],
    ['Спартак Москва', 'cgfhnfr'],
    ['Málaga', 'malaga'],
  ])('%s by %s', (name, typed) => {
    expect(score(name, typed)).toBeGreaterThan(0);
  });

  test('not by something else', () => {
    expect(score('Manchester United', 'arsenal')).toBe(0);
    expect(score('Manchester United', 'manchester arsenal')).toBe(0);
    expect(score('Manchester United', '')).toBe(0);
  });

  test('a whole word goes before the beginning of one, and that before a typing error', () => {
    expect(score('Roma', 'roma')).toBeGreaterThan(score('Romania', 'roma'));
    expect(score('Romania', 'roma')).toBeGreaterThan(score('Rhoma', 'roma'));
  });

  test('always by itself, whatever it is called', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40 }), (name) => {
        fc.pre(foldText(name) !== '');
        expect(score(name, name)).toBeGreaterThan(0.5);
      }),
    );
  });
});
