import { beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { forgetDraft, keepDraft, readDraft } from '../../../../renderer/frame/drafts.ts';

const schema = z.object({ name: z.string(), trials: z.number() });
let kept: Map<string, string>;

beforeEach(() => {
  kept = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  });
});

test('a draft comes back as it was kept, and is gone once forgotten', () => {
  keepDraft('tune.forest', { name: 'deep', trials: 60 });
  expect(readDraft('tune.forest', schema)).toEqual({ name: 'deep', trials: 60 });
  expect(readDraft('tune.boosting', schema)).toBeUndefined();
  forgetDraft('tune.forest');
  expect(readDraft('tune.forest', schema)).toBeUndefined();
});

test.each(['{', '7', '{"name":"deep"}', '{"name":"deep","trials":"many"}'])(
  'what no longer fits the form is left alone: %s',
  (text) => {
    kept.set('auspex.draft.tune', text);
    expect(readDraft('tune', schema)).toBeUndefined();
  },
);

test('what is larger than any form is not kept, and a browser without storage does no harm', () => {
  keepDraft('tune', { name: 'x'.repeat(100_001), trials: 1 });
  expect(kept.size).toBe(0);
  vi.stubGlobal('localStorage', undefined);
  keepDraft('tune', { name: 'deep', trials: 1 });
  forgetDraft('tune');
  expect(readDraft('tune', schema)).toBeUndefined();
});
