import { expect, test } from 'vitest';
import { takes } from '../../../engine/channels/takes.ts';
import { sampleMessage } from '../../fixtures/channels.ts';

test('a channel takes everything, or the languages and the documents that it names', () => {
  const english = sampleMessage('forecast/2026-11-21/quality.en');
  const russian = sampleMessage('outcome/2026-11-20/regular.ru');
  const taken = (settings: Parameters<typeof takes>[0]) =>
    [english, russian].map((message) => takes(settings, message));
  expect(taken({})).toEqual([true, true]);
  expect(taken({ languages: ['ru'] })).toEqual([false, true]);
  expect(taken({ documents: ['forecast/quality'] })).toEqual([true, false]);
  expect(taken({ languages: ['ru'], documents: ['forecast/quality'] })).toEqual([false, false]);
});
