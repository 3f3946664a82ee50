import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import type { UpdateState } from '../../../engine/contract/desktop.ts';
import { Updates, type Updater, type UpdatesOptions } from '../../../electron/main/updates.ts';

class FakeUpdater extends EventEmitter {
  autoDownload = false;
  autoInstallOnAppQuit = true;
  allowDowngrade = true;
  readonly checkForUpdates = vi.fn(() => Promise.resolve(null));
  readonly quitAndInstall = vi.fn();
}

function updatesOf(given: Partial<UpdatesOptions> = {}) {
  const updater = new FakeUpdater();
  const states: UpdateState[] = [];
  const load = vi.fn(() => Promise.resolve(updater as Updater));
  const updates = new Updates({
    off: undefined,
    load,
    isOffline: () => false,
    isBusy: () => false,
    onState: (state) => states.push(state),
    ...given,
  });
  return { updater, states, load, updates };
}

test('an update is looked for, fetched, and installed at the end of the program', async () => {
  const { updater, states, updates } = updatesOf();
  await updates.check();
  updater.emit('update-available', { version: '2.0.0' });
  updater.emit('download-progress', { percent: 40 });
  updater.emit('update-downloaded', {
    version: '2.0.0',
    releaseNotes: [{ note: 'Faster.' }, { note: null }],
  });
  expect(states).toEqual([
    { state: 'checking' },
    { state: 'downloading', version: '2.0.0', fraction: 0 },
    { state: 'downloading', version: '2.0.0', fraction: 0.4 },
    { state: 'waiting', version: '2.0.0', notes: 'Faster.\n\n' },
  ]);
  expect([updater.autoInstallOnAppQuit, updater.allowDowngrade]).toEqual([false, false]);
  await updates.beforeQuit();
  expect(updater.autoInstallOnAppQuit).toBe(true);
});

test('nothing is installed while a run is under way, not even at the end of the program', async () => {
  let busy = true;
  const { updater, updates } = updatesOf({ isBusy: () => busy });
  await updates.check();
  updater.emit('update-downloaded', { version: '2.0.0', releaseNotes: null });
  expect(await updates.install()).toBe(false);
  await updates.beforeQuit();
  expect([updater.autoInstallOnAppQuit, updater.quitAndInstall.mock.calls.length]).toEqual([false, 0]);
  busy = false;
  expect(await updates.install()).toBe(true);
  expect(updater.quitAndInstall).toHaveBeenCalledOnce();
});

test.each<[Partial<UpdatesOptions>, UpdateState]>([
  [{ isOffline: () => true }, { state: 'off', because: 'offline' }],
  [{ off: 'development' }, { state: 'off', because: 'development' }],
  [{ off: 'package' }, { state: 'off', because: 'package' }],
])('where updates are off the updater is not even loaded: %#', async (given, state) => {
  const { load, updates } = updatesOf(given);
  expect(await updates.check()).toEqual(state);
  expect(load).not.toHaveBeenCalled();
});

test('a server that cannot be reached is a state, not a crash, and may be asked again', async () => {
  const { updater, updates } = updatesOf();
  updater.checkForUpdates.mockRejectedValueOnce(new Error('no route'));
  expect(await updates.check()).toEqual({ state: 'failed', message: 'no route' });
  updater.checkForUpdates.mockImplementationOnce(() => {
    updater.emit('update-not-available', { version: '1.0.0' });
    return Promise.resolve(null);
  });
  expect(await updates.check()).toEqual({ state: 'current' });
});

test('while one update is fetched or waits no other is looked for', async () => {
  const { updater, updates } = updatesOf();
  await updates.check();
  updater.emit('update-downloaded', { version: '2.0.0' });
  await updates.check();
  expect(updater.checkForUpdates).toHaveBeenCalledOnce();
});
