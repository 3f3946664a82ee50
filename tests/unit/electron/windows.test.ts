import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Memory } from '../../../electron/main/remembered.ts';
import { PageRecoveryPolicy } from '../../../electron/main/page-recovery.ts';
import { placeWindow } from '../../../electron/main/window-state.ts';
import { Windows } from '../../../electron/main/windows.ts';
import { BrowserWindow } from '../../fixtures/electron.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

vi.mock('electron', () => import('../../fixtures/electron.ts'));

const laptop = { x: 0, y: 0, width: 1440, height: 860 };
const monitor = { x: 1440, y: -200, width: 2560, height: 1400 };

describe('where a window is put', () => {
  test('the first time: in the middle of the main screen, no larger than it', () => {
    expect(placeWindow(undefined, [laptop])).toEqual({ x: 0, y: 0, width: 1440, height: 860 });
    expect(placeWindow(undefined, [monitor])).toEqual({ x: 2000, y: 50, width: 1440, height: 900 });
  });

  test('later: where it was', () => {
    const before = { x: 1500, y: 0, width: 1200, height: 800 };
    expect(placeWindow(before, [laptop, monitor])).toEqual(before);
  });

  test.each([
    ['the monitor is gone', { x: 1500, y: 0, width: 1200, height: 800 }],
    ['only a sliver is left', { x: 1400, y: 0, width: 1200, height: 800 }],
    ['the title bar is above the screen', { x: 0, y: -300, width: 1200, height: 800 }],
    ['the title bar is below the screen', { x: 0, y: 830, width: 1200, height: 800 }],
  ])('back on a screen when %s', (_why, before) => {
    expect(placeWindow(before, [laptop])).toEqual({ x: 120, y: 30, width: 1200, height: 800 });
  });

  test('a window larger than the screen that is left is made to fit', () => {
    expect(placeWindow({ x: 0, y: 0, width: 2500, height: 1300 }, [laptop])).toEqual(laptop);
  });
});

describe('a page that ends by itself', () => {
  test('is reloaded at once, then after one second, then two; the fourth time within a minute somebody is asked', () => {
    const policy = new PageRecoveryPolicy();
    expect([0, 10, 20, 30].map((instant) => policy.ended(instant))).toEqual([
      { act: 'reload', waitMs: 0 },
      { act: 'reload', waitMs: 1000 },
      { act: 'reload', waitMs: 2000 },
      { act: 'ask', times: 4 },
    ]);
  });

  test('after a quiet minute it is as if it had never ended', () => {
    const policy = new PageRecoveryPolicy();
    for (const instant of [0, 10, 20]) policy.ended(instant);
    expect(policy.ended(60_020)).toEqual({ act: 'reload', waitMs: 0 });
  });
});

describe('windows', () => {
  let staysInTray = false;
  let again = true;
  beforeEach(() => {
    BrowserWindow.all.length = 0;
    staysInTray = false;
  });

  async function open(folder: string, address?: string) {
    const memory = await Memory.open(`${folder}/shell.json`);
    const asked: unknown[] = [];
    const windows = new Windows({
      preload: '/preload.cjs',
      icon: '/icon.png',
      memory,
      now: () => 0,
      after: (_wait, act) => {
        act();
        return () => undefined;
      },
      askWhetherAgain: (_window, facts) => {
        asked.push(facts);
        return Promise.resolve(again);
      },
      staysInTray: () => staysInTray,
      log: () => undefined,
    });
    windows.open(address);
    return { windows, memory, asked, window: BrowserWindow.all.at(-1)! };
  }

  test('are made with the page’s preferences and shown when the page has drawn itself', async () => {
    using folder = temporaryFolder();
    const { window } = await open(folder.path);
    expect(window.options.webPreferences).toMatchObject({ sandbox: true, preload: '/preload.cjs' });
    expect([window.loaded, window.visible]).toEqual(['app://auspex/', false]);
    window.emit('ready-to-show');
    expect(window.visible).toBe(true);
  });

  test('come back after a restart to their place and to the address where they were', async () => {
    using folder = temporaryFolder();
    const { window, memory } = await open(folder.path);
    window.webContents.address = 'app://auspex/#/match/7?tab=odds';
    window.emit('close', { preventDefault: () => undefined });
    await memory.settled();
    BrowserWindow.all.length = 0;
    const { window: later } = await open(folder.path);
    expect([later.loaded, later.options.x, later.options.y]).toEqual([
      'app://auspex/#/match/7?tab=odds',
      10,
      20,
    ]);
  });

  test('go to the tray instead of closing when the analyst wants that', async () => {
    using folder = temporaryFolder();
    const { window } = await open(folder.path);
    const preventDefault = vi.fn();
    window.visible = true;
    staysInTray = true;
    window.emit('close', { preventDefault });
    expect([preventDefault.mock.calls.length, window.visible]).toEqual([1, false]);
  });

  test('reload a page that crashed, to the same address, and ask when it keeps crashing', async () => {
    using folder = temporaryFolder();
    const { window, asked } = await open(folder.path);
    const crash = (reason: string) => window.webContents.emit('render-process-gone', {}, { reason });
    crash('clean-exit');
    expect(window.webContents.reload).not.toHaveBeenCalled();
    for (const reason of ['crashed', 'oom', 'killed']) crash(reason);
    expect([window.webContents.reload.mock.calls.length, asked]).toEqual([3, []]);
    again = false;
    crash('crashed');
    await Promise.resolve();
    expect([window.webContents.reload.mock.calls.length, asked]).toEqual([
      3,
      [{ times: 4, reason: 'crashed' }],
    ]);
    again = true;
    crash('crashed');
    await Promise.resolve();
    expect(window.webContents.reload).toHaveBeenCalledTimes(4);
  });

  test('lead to an address when they are brought to the front', async () => {
    using folder = temporaryFolder();
    const { windows, window } = await open(folder.path);
    windows.focus('/runs/3');
    expect([window.visible, window.focused]).toEqual([true, true]);
    expect(window.webContents.sent).toEqual([['auspex:event:address', '/runs/3']]);
    expect(windows.isWatched).toBe(true);
  });

  test('show in the task bar how far the work is, and nothing when there is none', async () => {
    using folder = temporaryFolder();
    const { windows, window } = await open(folder.path);
    windows.showProgress(0.25);
    windows.showProgress(null);
    expect(window.progress).toEqual([0.25, -1]);
  });
});

test.each([
  'no json',
  '{"window":{"bounds":{"x":"left"}},"folders":7,"theme":"pink","address":"https://evil.example/"}',
  '[]',
  '',
])('a damaged memory is begun anew: %s', async (text) => {
  using folder = temporaryFolder();
  const { writeFile } = await import('node:fs/promises');
  await writeFile(folder.join('shell.json'), text);
  expect((await Memory.open(folder.join('shell.json'))).now).toMatchObject({
    folders: {},
    theme: 'system',
    weakSecretsTold: false,
  });
});
