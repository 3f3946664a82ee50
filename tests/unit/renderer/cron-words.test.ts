import { expect, test } from 'vitest';
import { cronWords, weekdayName } from '../../../renderer/screens/settings/cron-words.ts';

test.each([
  ['45 7 * * *', { kind: 'daily', times: ['07:45'] }],
  ['0 9,12,17 * * *', { kind: 'daily', times: ['09:00', '12:00', '17:00'] }],
  ['  0   3 * * 1 ', { kind: 'weekly', day: 1, times: ['03:00'] }],
  ['0 3 * * 7', { kind: 'weekly', day: 0, times: ['03:00'] }],
  ['*/5 * * * *', { kind: 'other' }],
  ['0 8 1 * *', { kind: 'other' }],
  ['0 8 * * 1-5', { kind: 'other' }],
  ['', { kind: 'other' }],
])('%j is put into words where it is a plain one', (cron, words) => {
  expect(cronWords(cron)).toEqual(words);
});

test('days of the week have their names in either language', () => {
  expect([weekdayName(0, 'en'), weekdayName(1, 'en'), weekdayName(1, 'ru')]).toEqual([
    'Sunday',
    'Monday',
    'понедельник',
  ]);
});
