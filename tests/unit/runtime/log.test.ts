import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { AppError } from '../../../engine/contract/errors.ts';
import { openLog } from '../../../engine/runtime/log.ts';
import { redact, redactText } from '../../../engine/runtime/redact.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

describe('redaction', () => {
  test.each(
    [
      'token',
      'password',
      'authorization',
      'apiKey',
      'api_key',
      'api-key',
      'secret',
      'cookie',
      'Set-Cookie',
    ].concat([
      'X-Auth-Token',
      'botToken',
      'clientSecret',
      'DB_PASSWORD',
      'credentials',
      'Proxy-Authorization',
      'tokens',
    ]),
  )('masks what stands under %s, at any depth', (key) => {
    expect(redact({ a: [{ [key]: 'hidden', b: 1 }] })).toEqual({ a: [{ [key]: '[redacted]', b: 1 }] });
    expect(redact({ [key]: { nested: 'hidden' } })).toEqual({ [key]: '[redacted]' });
  });

  test.each(['tokenizer', 'secretary', 'cookies_seen_count', 'key', 'passwordless', 'keyboard'])(
    'leaves what stands under %s',
    (key) => {
      expect(redact({ [key]: 'shown' })).toEqual({ [key]: 'shown' });
    },
  );

  test.each([
    ['https://me:pa55@host/x', 'https://[redacted]@host/x'],
    ['smtp://user@host and ftp://u:p@h', 'smtp://[redacted]@host and ftp://[redacted]@h'],
    [
      'GET /x?api_key=abc&season=2024&token=d%20e failed',
      'GET /x?api_key=[redacted]&season=2024&token=[redacted] failed',
    ],
    ['Authorization: Bearer abc.def-123', 'Authorization: Bearer [redacted]'],
    ['authorization: Basic dXNlcjpwYXNz', 'authorization: Basic [redacted]'],
    ['Basic training of 12 teams', 'Basic training of 12 teams'],
    [
      'https://www.football-data.co.uk/mmz4281/2425/E0.csv',
      'https://www.football-data.co.uk/mmz4281/2425/E0.csv',
    ],
    ['mail me@example.org about 3:1', 'mail me@example.org about 3:1'],
  ])('of the text %j', (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

  test('reaches into errors with their causes, maps and addresses, and survives circles', () => {
    const cause = Object.assign(new Error('401 from https://a:b@host'), { token: 'hidden' });
    const error = new AppError('SOURCE_REFUSED', 'refused', {
      detail: { password: 'hidden', status: 401 },
      cause,
    });
    const circle: Record<string, unknown> = {
      error,
      map: new Map([['secret', 1]]),
      url: new URL('https://a:b@host/'),
    };
    circle.self = circle;
    const text = JSON.stringify(redact(circle));
    expect(text).not.toMatch(/hidden|a:b@/);
    expect(redact(circle)).toMatchObject({
      error: { name: 'AppError', code: 'SOURCE_REFUSED', detail: { status: 401 }, cause: { message: /401/ } },
      self: '[circular]',
    });
  });
});

describe('the log', () => {
  const noon = Date.UTC(2026, 10, 20, 12);

  test('writes one redacted JSON object a line into the file of the day, and nothing to standard output', () => {
    using folder = temporaryFolder();
    const stdout = vi.spyOn(process.stdout, 'write');
    const clock = { time: noon };
    const log = openLog(folder.path, { now: () => clock.time });
    log.info('fetched https://a:b@host/x', { status: 200, headers: { cookie: 'hidden' } });
    log.debug('not shown');
    clock.time += 86_400_000;
    log.error('broke', { error: new TypeError('why') });
    log.close();
    expect(stdout).not.toHaveBeenCalled();
    const files = readdirSync(folder.path).sort();
    expect(files).toEqual(['auspex-2026-11-20.jsonl', 'auspex-2026-11-21.jsonl']);
    const [first, second] = files.map(
      (file) => JSON.parse(readFileSync(folder.join(file), 'utf8')) as object,
    );
    expect(first).toEqual({
      level: 'info',
      time: '2026-11-20T12:00:00.000Z',
      pid: process.pid,
      status: 200,
      headers: { cookie: '[redacted]' },
      msg: 'fetched https://[redacted]@host/x',
    });
    expect(second).toMatchObject({
      level: 'error',
      msg: 'broke',
      error: { name: 'TypeError', message: 'why' },
    });
  });

  test('drops its own files that are too old, and no others', () => {
    using folder = temporaryFolder();
    const names = ['auspex-2026-11-01.jsonl', 'auspex-2026-11-15.jsonl', 'notes-2026-11-01.jsonl'];
    for (const name of names) writeFileSync(folder.join(name), '{}\n');
    openLog(folder.path, { now: () => noon, keepDays: 7 }).close();
    expect(readdirSync(folder.path).sort()).toEqual([
      'auspex-2026-11-15.jsonl',
      'auspex-2026-11-20.jsonl',
      'notes-2026-11-01.jsonl',
    ]);
  });
});
