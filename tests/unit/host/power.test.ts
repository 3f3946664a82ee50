import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isOnBattery } from '../../../engine/host/power.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

type Supply = Readonly<Record<string, string>>;

test.each<[string, Readonly<Record<string, Supply>>, boolean]>([
  [
    'a laptop on its battery',
    { AC: { type: 'Mains', online: '0' }, BAT0: { type: 'Battery', status: 'Discharging' } },
    true,
  ],
  [
    'a laptop on the mains',
    { AC: { type: 'Mains', online: '1' }, BAT0: { type: 'Battery', status: 'Discharging' } },
    false,
  ],
  ['a full battery', { BAT0: { type: 'Battery', status: 'Full' } }, false],
  [
    'a server with a wireless mouse',
    { hid: { type: 'Battery', scope: 'Device', status: 'Discharging' } },
    false,
  ],
  ['a machine that tells nothing', {}, false],
])('%s', (_what, supplies, expected) => {
  using folder = temporaryFolder();
  for (const [name, files] of Object.entries(supplies)) {
    mkdirSync(folder.join(name));
    for (const [file, text] of Object.entries(files)) writeFileSync(folder.join(name, file), `${text}\n`);
  }
  expect(isOnBattery(folder.path)).toBe(expected);
});

test('a system without such a folder counts as being on the mains', () => {
  using folder = temporaryFolder();
  expect(isOnBattery(folder.join('missing'))).toBe(false);
});
