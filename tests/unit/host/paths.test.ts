import { describe, expect, test } from 'vitest';
import { resolvePaths } from '../../../engine/host/paths.ts';

const linux = { platform: 'linux', userFolder: '/home/ann', workingFolder: '/work' } as const;

describe('the home folder', () => {
  test.each([
    ['Linux', { ...linux, environment: {} }, '/home/ann/.local/share/auspex'],
    ['Linux with a data folder', { ...linux, environment: { XDG_DATA_HOME: '/data' } }, '/data/auspex'],
    [
      'Linux with a relative one',
      { ...linux, environment: { XDG_DATA_HOME: 'data' } },
      '/home/ann/.local/share/auspex',
    ],
    [
      'macOS',
      { platform: 'darwin', userFolder: '/Users/ann', environment: {} } as const,
      '/Users/ann/Library/Application Support/Auspex',
    ],
    [
      'Windows',
      { platform: 'win32', userFolder: 'C:\\Users\\ann', environment: { APPDATA: 'D:\\Data' } } as const,
      'D:\\Data\\Auspex',
    ],
    [
      'Windows without APPDATA',
      { platform: 'win32', userFolder: 'C:\\Users\\ann', environment: {} } as const,
      'C:\\Users\\ann\\AppData\\Roaming\\Auspex',
    ],
    ['AUSPEX_HOME', { ...linux, environment: { AUSPEX_HOME: '/elsewhere' } }, '/elsewhere'],
    ['an empty AUSPEX_HOME', { ...linux, environment: { AUSPEX_HOME: '' } }, '/home/ann/.local/share/auspex'],
    [
      'a home that is given',
      { ...linux, environment: { AUSPEX_HOME: '/elsewhere' }, home: 'mine' },
      '/work/mine',
    ],
  ])('by %s', (_name, request, expected) => {
    expect(resolvePaths(request).home).toBe(expected);
  });
});

test('everything lives in the home folder', () => {
  expect(resolvePaths({ ...linux, environment: {}, home: '/h' })).toEqual({
    home: '/h',
    database: '/h/auspex.sqlite',
    documents: '/h/documents',
    backups: '/h/backups',
    logs: '/h/logs',
  });
});
