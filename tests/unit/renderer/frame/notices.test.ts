import { beforeEach, expect, test } from 'vitest';
import { clearNotices, keepNotice, markNoticesRead, useNotices } from '../../../../renderer/frame/notices.ts';
import { failureReport } from '../../../../renderer/frame/failure-text.ts';

beforeEach(clearNotices);

test('the same message in a row is kept once and counted', () => {
  const notice = { kind: 'error', text: 'No connection.', instant: 1 } as const;
  const id = keepNotice(notice);
  markNoticesRead();
  expect(keepNotice({ ...notice, instant: 2 })).toBe(id);
  expect(useNotices.getState().items).toMatchObject([{ id, times: 2, instant: 2, isRead: false }]);
  keepNotice({ ...notice, text: 'Another.' });
  expect(useNotices.getState().items.map(({ text }) => text)).toEqual(['Another.', 'No connection.']);
});

test('a report says code, sentence and detail, and leaves out whatever is named like a secret', () => {
  const report = failureReport(
    {
      code: 'SOURCE_REFUSED',
      message: 'refused',
      detail: { address: 'x', token: 'T0KEN', nested: { apiKey: 'K' } },
    },
    new Date(0),
  );
  expect(report).toContain('SOURCE_REFUSED: refused');
  expect(report).toContain('"address": "x"');
  expect(report).not.toMatch(/T0KEN|"K"/);
});
