import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test, vi } from 'vitest';
import { portMessage, portWanted } from '../../engine/contract/connection.ts';
import { desktopCalls } from '../../engine/contract/desktop.ts';
import type { DesktopBridge } from '../../engine/contract/desktop.ts';

const exposed = new Map<string, unknown>();
const ipcRenderer = Object.assign(new EventEmitter(), {
  invoke: vi.fn<(channel: string, input: unknown) => Promise<unknown>>(() =>
    Promise.resolve({ value: null }),
  ),
  send: vi.fn(),
});
vi.mock('electron', () => ({
  ipcRenderer,
  contextBridge: { exposeInMainWorld: (name: string, value: unknown) => exposed.set(name, value) },
  webUtils: { getPathForFile: () => '/data/a.csv' },
}));

/** As much of the page's `window` as the script touches. */
const heard = new EventEmitter();
const page = {
  location: { origin: 'app://auspex' },
  postMessage: vi.fn(),
  addEventListener: (name: string, listener: (event: unknown) => void) => heard.on(name, listener),
};

beforeAll(async () => {
  vi.stubGlobal('window', page);
  await import('../../electron/preload/index.ts');
});

const bridge = (): DesktopBridge => exposed.get('auspexDesktop') as DesktopBridge;

test('the page gets one name with the calls of the contract, events and two facts: no other power', () => {
  expect([...exposed.keys()]).toEqual(['auspexDesktop']);
  expect(Object.keys(bridge()).sort()).toEqual(
    [...Object.keys(desktopCalls), 'on', 'pathOfFile', 'platform'].sort(),
  );
});

test('the script names nothing of Electron but what it passes messages with', () => {
  const source = readFileSync(new URL('../../electron/preload/index.ts', import.meta.url), 'utf8');
  const imports = [...source.matchAll(/import (?!type).*? from '([^']+)'/gs)].map(([text, from]) => [
    from,
    /\{(.*?)\}/s
      .exec(text)![1]!
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean)
      .sort(),
  ]);
  expect(imports).toEqual([
    ['electron', ['contextBridge', 'ipcRenderer', 'webUtils']],
    ['../../engine/contract/connection.ts', ['portMessage', 'portWanted']],
    [
      '../../engine/contract/desktop-names.ts',
      ['desktopBridgeName', 'desktopCallMessage', 'desktopEventMessage'],
    ],
  ]);
  expect(source).not.toMatch(/require\(|process\.env|eval|Function\(/);
});

test('a call goes out under its own name, with its input and nothing beside', async () => {
  await bridge().setProgress({ fraction: 1 });
  expect(ipcRenderer.invoke).toHaveBeenLastCalledWith('auspex:call:setProgress', { fraction: 1 });
});

test('a listener is told the value alone, never the message that brought it, and can be taken away', () => {
  const listener = vi.fn();
  const leave = bridge().on('command', listener);
  ipcRenderer.emit('auspex:event:command', { sender: 'the powers' }, 'go.today');
  leave();
  ipcRenderer.emit('auspex:event:command', {}, 'go.matches');
  expect(listener.mock.calls).toEqual([['go.today']]);
});

test('no event can be listened to that is not on the list', () => {
  expect(() => bridge().on('../port' as 'command', () => undefined)).toThrow(/no event/);
});

test('the page asks for a port and is handed one; a message from a frame in it asks in vain', () => {
  heard.emit('message', { source: {}, data: portWanted });
  heard.emit('message', { source: page, data: 'anything' });
  expect(ipcRenderer.send).not.toHaveBeenCalled();
  heard.emit('message', { source: page, data: portWanted });
  expect(ipcRenderer.send.mock.calls).toEqual([[portWanted]]);
  const port = {};
  ipcRenderer.emit(portMessage, { ports: [port] });
  expect(page.postMessage).toHaveBeenCalledWith(portMessage, 'app://auspex', [port]);
});
