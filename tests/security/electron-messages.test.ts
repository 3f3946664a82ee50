import { beforeAll, describe, expect, test, vi } from 'vitest';
import { portMessage, portWanted } from '../../engine/contract/connection.ts';
import { desktopCallMessage } from '../../engine/contract/desktop-names.ts';
import { desktopCalls, type DesktopCallName } from '../../engine/contract/desktop.ts';
import { AppError } from '../../engine/contract/errors.ts';
import { handOverPorts } from '../../electron/main/engine-ports.ts';
import { handleCalls, type DesktopHandlers } from '../../electron/main/ipc.ts';
import { handlers, ipcMain } from '../fixtures/electron.ts';

vi.mock('electron', () => import('../fixtures/electron.ts'));

const names = Object.keys(desktopCalls) as DesktopCallName[];
const done = vi.fn<(name: string, input: unknown) => unknown>();
const own = { senderFrame: { parent: null, url: 'app://auspex/#/today' }, sender: {} };
const ask = (name: DesktopCallName, input: unknown, event: unknown = own): unknown =>
  handlers.get(desktopCallMessage(name))!(event, input);

/** One good input for every call. */
const good: Readonly<Record<DesktopCallName, unknown>> = {
  chooseFiles: { purpose: 'table', many: true },
  takeFiles: {},
  openExternal: { address: 'https://github.com/' },
  showInFolder: { path: '/home/a/documents/x.pdf' },
  setMenu: { commands: [{ id: 'go.today', title: 'Today', menu: 'go', accelerator: 'G', enabled: true }] },
  setAppearance: { theme: 'dark', language: 'ru' },
  setProgress: { fraction: 0.5 },
  notify: { title: 'Done', text: '', address: '/runs/1' },
  checkForUpdate: {},
  installUpdate: {},
  engineState: {},
  leaveSafeMode: {},
  secretProtection: {},
};

beforeAll(() => {
  handleCalls(
    Object.fromEntries(
      names.map((name) => [name, (input: unknown) => done(name, input)]),
    ) as unknown as DesktopHandlers,
  );
});

test('every call that the contract names is listened to, and no other', () => {
  expect([...handlers.keys()].sort()).toEqual(names.map(desktopCallMessage).sort());
});

describe.each(names)('%s', (name) => {
  test('is answered when our own page asks rightly', async () => {
    done.mockReturnValueOnce('answer');
    expect(await ask(name, good[name])).toEqual({ value: 'answer' });
    expect(done).toHaveBeenLastCalledWith(name, good[name]);
  });

  test.each([
    ['a frame in our page', { senderFrame: { parent: {}, url: 'app://auspex/' } }],
    ['a page from elsewhere', { senderFrame: { parent: null, url: 'https://evil.example/' } }],
    ['a page that looks like ours', { senderFrame: { parent: null, url: 'app://auspex@evil/' } }],
    ['a document of the page’s making', { senderFrame: { parent: null, url: 'blob:app://auspex/1' } }],
    ['a page that is gone', { senderFrame: null }],
  ])('is refused to %s', async (_who, event) => {
    done.mockClear();
    expect(await ask(name, good[name], event)).toMatchObject({ error: { code: 'USAGE' } });
    expect(done).not.toHaveBeenCalled();
  });

  test.each<{ input: unknown }>([
    { input: undefined },
    { input: null },
    { input: 'text' },
    { input: 42 },
    { input: [] },
    { input: { unknown: 1 } },
    { input: { __proto__: null, constructor: 'x' } },
    { input: { ...(good[name] as object), more: 'than asked for' } },
    { input: () => undefined },
  ])('refuses what is no input of it: %#', async ({ input }) => {
    done.mockClear();
    expect(await ask(name, input)).toMatchObject({ error: { code: 'USAGE' } });
    expect(done).not.toHaveBeenCalled();
  });
});

test.each<[DesktopCallName, unknown]>([
  ['chooseFiles', { purpose: 'anything', many: false }],
  ['openExternal', { address: 'x'.repeat(2001) }],
  [
    'setMenu',
    { commands: Array.from({ length: 201 }, () => ({ id: 'a', title: 'a', menu: 'go', enabled: true })) },
  ],
  ['setMenu', { commands: [{ id: '<script>', title: 'a', menu: 'go', enabled: true }] }],
  ['setMenu', { commands: [{ id: 'a', title: 'a', menu: 'appMenu', enabled: true }] }],
  ['setMenu', { commands: [{ id: 'a', title: 'a', menu: 'go', enabled: true, role: 'quit' }] }],
  ['setAppearance', { theme: 'dark', language: 'xx' }],
  ['setProgress', { fraction: Number.NaN }],
  ['setProgress', { fraction: 2 }],
  ['notify', { title: '', text: '' }],
  ['notify', { title: 'a', text: 'x'.repeat(1001) }],
  ['notify', { title: 'a', text: '', address: 'https://evil.example/' }],
])('%s refuses values out of bounds: %#', async (name, input) => {
  expect(await ask(name, input)).toMatchObject({ error: { code: 'USAGE' } });
});

test('a refusal of the shell keeps its code, and whatever else is thrown becomes one', async () => {
  done.mockImplementationOnce(() => {
    throw new AppError('NOT_FOUND', 'gone');
  });
  expect(await ask('takeFiles', {})).toEqual({ error: { code: 'NOT_FOUND', message: 'gone', detail: {} } });
  done.mockRejectedValueOnce(new TypeError('broken'));
  expect(await ask('takeFiles', {})).toMatchObject({ error: { code: 'INTERNAL', message: 'broken' } });
});

test('only our own page is given a port to the engine', () => {
  const connect = vi.fn();
  const postMessage = vi.fn();
  handOverPorts(connect);
  ipcMain.emit(portWanted, { senderFrame: { parent: {}, url: 'app://auspex/', postMessage } });
  ipcMain.emit(portWanted, { senderFrame: { parent: null, url: 'https://evil.example/', postMessage } });
  ipcMain.emit(portWanted, { senderFrame: null });
  expect([connect.mock.calls, postMessage.mock.calls]).toEqual([[], []]);
  ipcMain.emit(portWanted, { senderFrame: { parent: null, url: 'app://auspex/', postMessage } });
  expect(connect).toHaveBeenCalledWith({ name: 'engine side' });
  expect(postMessage).toHaveBeenCalledWith(portMessage, null, [{ name: 'page side' }]);
});
