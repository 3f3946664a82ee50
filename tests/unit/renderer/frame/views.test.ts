import { expect, test } from 'vitest';
import {
  isSameSearch,
  itemName,
  readViewText,
  viewsOf,
  viewText,
} from '../../../../renderer/frame/views/view-values.ts';

test('a screen sees its own views alone', () => {
  const items = [
    { name: itemName('matches', 'Home wins'), value: { search: { a: 1 }, isDefault: true } },
    { name: itemName('match', 'Other'), value: { search: {} } },
    { name: itemName('matches', 'Broken'), value: { search: 'none' } },
  ];
  expect(viewsOf('matches', items)).toEqual([{ name: 'Home wins', search: { a: 1 }, isDefault: true }]);
});

test('searches are the same whatever order their parameters stand in, and undefined is as good as absent', () => {
  expect(isSameSearch({ a: 1, b: { c: [1, 2], d: undefined } }, { b: { c: [1, 2] }, a: 1 })).toBe(true);
  expect(isSameSearch({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
});

test('a view goes out as text and comes back, to its own screen only', () => {
  const text = viewText('matches', { name: 'Домашние', search: { sort: [{ key: 'day' }] } });
  expect(readViewText('matches', text)).toEqual({ name: 'Домашние', search: { sort: [{ key: 'day' }] } });
  expect(readViewText('results', text)).toBeUndefined();
  for (const wrong of [
    '',
    '{',
    '[]',
    '{"schema":"auspex.view/1","screen":"matches","name":" ","search":{}}',
  ]) {
    expect(readViewText('matches', wrong)).toBeUndefined();
  }
});
