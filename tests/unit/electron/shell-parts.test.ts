import { describe, expect, test, vi } from 'vitest';
import type { MenuCommand } from '../../../engine/contract/desktop.ts';
import { runKinds } from '../../../engine/contract/stages.ts';
import { chooseFiles } from '../../../electron/main/dialogs.ts';
import { fileName, saveDownloads } from '../../../electron/main/downloads.ts';
import { locate } from '../../../electron/main/locations.ts';
import { menuTemplate, type MenuRequest } from '../../../electron/main/menu.ts';
import { noticeOf, noticeOfAlert, showNotice } from '../../../electron/main/notices.ts';
import { filesOf, homeOf } from '../../../electron/main/open-files.ts';
import { watchPower } from '../../../electron/main/power.ts';
import { Memory } from '../../../electron/main/remembered.ts';
import { fill, textsIn } from '../../../electron/main/texts.ts';
import { createSession, dialog, Notification, powerMonitor } from '../../fixtures/electron.ts';
import { temporaryFolder } from '../../fixtures/temporary.ts';

vi.mock('electron', () => import('../../fixtures/electron.ts'));

describe('the native menu', () => {
  const run = vi.fn();
  const request = (given: Partial<MenuRequest>): MenuRequest => ({
    texts: textsIn('en'),
    platform: 'linux',
    commands: [],
    safeMode: false,
    development: false,
    run,
    newWindow: () => undefined,
    leaveSafeMode: () => undefined,
    ...given,
  });
  const labels = (given: Partial<MenuRequest>): unknown[] =>
    menuTemplate(request(given)).map(({ label, role }) => label ?? role);

  test('is worded in the language of the program, with the system’s own roles', () => {
    expect(labels({})).toEqual(['File', 'Edit', 'View', 'Window', 'Help']);
    expect(labels({ platform: 'darwin', texts: textsIn('ru') })).toEqual([
      'appMenu',
      'Файл',
      'Правка',
      'Вид',
      'Окно',
      'Справка',
    ]);
  });

  test('shows the page’s commands, whose keys the page itself hears', () => {
    const command: MenuCommand = {
      id: 'go.today',
      title: 'Today & tomorrow',
      menu: 'go',
      accelerator: 'CmdOrCtrl+1',
      enabled: true,
    };
    const go = menuTemplate(request({ commands: [command] })).find(({ label }) => label === 'Go');
    const [item] = go!.submenu as { label: string; registerAccelerator: boolean; click(): void }[];
    expect(item).toMatchObject({ label: 'Today && tomorrow', registerAccelerator: false, enabled: true });
    item!.click();
    expect(run).toHaveBeenCalledWith('go.today');
  });

  test('has developer tools and the way out of safe mode only where they make sense', () => {
    const text = (given: Partial<MenuRequest>): string => JSON.stringify(menuTemplate(request(given)));
    expect(text({})).not.toMatch(/toggleDevTools|Leave safe mode/);
    expect(text({ development: true })).toContain('toggleDevTools');
    expect(text({ safeMode: true })).toContain('Leave safe mode');
  });
});

describe('the shell’s words', () => {
  const keys = (value: object): string[] =>
    Object.entries(value).flatMap(([key, one]) =>
      typeof one === 'string'
        ? [`${key}: ${(one.match(/\{\{\w+\}\}/g) ?? []).sort().join()}`]
        : keys(one as object),
    );

  test('are the same in both languages, with the same places in each sentence', () => {
    expect(keys(textsIn('ru'))).toEqual(keys(textsIn('en')));
  });

  test('have their places filled, and a place without a value left to be seen', () => {
    expect(fill('{{a}} and {{b}}', { a: 1 })).toBe('1 and {{b}}');
  });
});

describe('what is opened with the program', () => {
  test('are the files of known kinds on its command line, wherever they are named from', () => {
    const words = ['--home', 'place.auspex', '--flag', 'a.csv', '/data/B.XLSX', 'run.sh', '-x.csv', 'noise'];
    expect(filesOf(words, '/work')).toEqual(['/work/a.csv', '/data/B.XLSX']);
  });

  test('a home is named in either way of writing it', () => {
    expect(homeOf(['--home', 'here'], '/work')).toBe('/work/here');
    expect(homeOf(['--home=/there'], '/work')).toBe('/there');
    expect([homeOf(['--home'], '/work'), homeOf(['--home='], '/work'), homeOf([], '/work')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('files of the page', () => {
  test.each([
    ['forecast.csv', 'forecast.csv'],
    ['../../etc/passwd', 'passwd'],
    ['..', 'auspex_'],
    ['.bashrc', 'bashrc'],
    ['a<b>:"c|?*.csv', 'a_b___c___.csv'],
    ['con.txt', 'auspex_con.txt'],
    ['nul', 'auspex_nul'],
    ['name. . ', 'name'],
    ['прогноз 2026.xlsx', 'прогноз 2026.xlsx'],
  ])('a download called %j is saved as %j', (given, name) => {
    expect(fileName(given)).toBe(name);
  });

  test('only what the page has made is downloaded, and the folder is remembered', async () => {
    using folder = temporaryFolder();
    const memory = await Memory.open(folder.join('shell.json'));
    const session = createSession();
    saveDownloads(session as never, memory);
    const download = (address: string) => {
      const options: unknown[] = [];
      const listeners: ((event: unknown, state: string) => void)[] = [];
      const preventDefault = vi.fn();
      session.emit(
        'will-download',
        { preventDefault },
        {
          getURL: () => address,
          getFilename: () => 'a.csv',
          getSavePath: () => '/reports/a.csv',
          setSaveDialogOptions: (given: unknown) => options.push(given),
          once: (_name: string, listener: (event: unknown, state: string) => void) =>
            listeners.push(listener),
        },
      );
      return { options, listeners, refused: preventDefault.mock.calls.length > 0 };
    };
    expect(download('https://evil.example/a.exe').refused).toBe(true);
    const first = download('blob:app://auspex/1');
    expect([first.refused, first.options]).toEqual([false, [{ defaultPath: '/paths/downloads/a.csv' }]]);
    first.listeners[0]!({}, 'completed');
    expect(download('blob:app://auspex/2').options).toEqual([{ defaultPath: '/reports/a.csv' }]);
  });

  test('each purpose remembers the folder that was chosen last', async () => {
    using folder = temporaryFolder();
    const memory = await Memory.open(folder.join('shell.json'));
    const ask = () =>
      chooseFiles({ purpose: 'table', many: true }, { sender: {} as never, memory, texts: textsIn('en') });
    expect(await ask()).toEqual(['/data/a.csv']);
    await ask();
    const paths = (dialog.showOpenDialog.mock.calls as unknown as [{ defaultPath: string }][]).map(
      ([{ defaultPath }]) => defaultPath,
    );
    expect(paths).toEqual(['/paths/documents', '/data']);
  });
});

describe('a run that is over while nobody looks', () => {
  const wishes = { longRuns: true, failedRuns: true, alerts: true, quietHours: '', zone: 'UTC' };
  const run = { kind: 'run-ended', runId: 7, stage: 'pipeline', errorCode: null, errorText: null } as const;

  test.each([
    [
      { ...run, state: 'done', durationMs: 185_000 },
      { title: 'The run is done', text: 'Pipeline, 3:05 min', address: '/runs/7' },
    ],
    [{ ...run, state: 'done', durationMs: 29_000 }, undefined],
    [{ ...run, state: 'cancelled', durationMs: 180_000 }, undefined],
    [
      {
        ...run,
        state: 'failed',
        durationMs: 1,
        errorCode: 'SOURCE_TIMEOUT',
        errorText: 'The source did not answer in time.',
      },
      { title: 'A run failed', text: 'Pipeline: The source did not answer in time.', address: '/runs/7' },
    ],
    [
      { ...run, stage: 'new-stage', state: 'failed', durationMs: 1 },
      { title: 'A run failed', text: 'Run new-stage: INTERNAL', address: '/runs/7' },
    ],
  ] as const)('%#: is told of when it took long or failed', (ended, notice) => {
    expect(noticeOf(ended, { texts: textsIn('en'), wishes })).toEqual(notice);
  });

  test('is not told of where the analyst has switched its kind off', () => {
    const long = { ...run, state: 'done', durationMs: 180_000 } as const;
    const failed = { ...run, state: 'failed', durationMs: 1 } as const;
    const told = (given: Partial<typeof wishes>) =>
      [long, failed].map(
        (ended) => noticeOf(ended, { texts: textsIn('en'), wishes: { ...wishes, ...given } }) !== undefined,
      );
    expect([told({ longRuns: false }), told({ failedRuns: false })]).toEqual([
      [false, true],
      [true, false],
    ]);
  });

  test('every kind of run has a name in both languages', () => {
    for (const language of ['en', 'ru'] as const)
      for (const kind of runKinds) expect(textsIn(language).stages).toHaveProperty(kind);
  });

  test('an alert is told of in its own words and leads to the watch', () => {
    const alert = { kind: 'alert', title: 'Matches are there twice.', address: null } as const;
    expect(noticeOfAlert(alert, textsIn('en'))).toEqual({
      title: 'An alert was raised',
      text: 'Matches are there twice.',
      address: '/monitoring',
    });
  });

  test('a click on the notification leads to it', () => {
    const follow = vi.fn();
    showNotice({ title: 'A', text: 'B', address: '/runs/7' }, follow);
    const shown = Notification.shown.at(-1)!;
    expect(shown.options).toMatchObject({ title: 'A', body: 'B' });
    shown.emit('click');
    expect(follow).toHaveBeenCalledWith('/runs/7');
  });
});

test('the engine is told when the machine sleeps, wakes, and changes what it is powered by', () => {
  const tell = vi.fn();
  watchPower(tell);
  for (const event of ['suspend', 'resume', 'on-battery', 'on-ac']) powerMonitor.emit(event);
  expect(tell.mock.calls.map(([{ change }]) => change as string)).toEqual([
    'suspend',
    'resume',
    'battery',
    'mains',
  ]);
});

test('in a package the engine is started beside the archive, everything else from it', () => {
  expect(locate('/opt/Auspex/resources/app.asar/out/main')).toMatchObject({
    preload: '/opt/Auspex/resources/app.asar/out/preload/index.cjs',
    renderer: '/opt/Auspex/resources/app.asar/out/renderer',
    engine: '/opt/Auspex/resources/app.asar.unpacked/out/app/electron/engine-process/index.js',
  });
});
