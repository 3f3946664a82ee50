import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { portMessage, portWanted } from '../../engine/contract/connection.ts';
import {
  desktopBridgeName,
  desktopCallMessage,
  desktopEventMessage,
} from '../../engine/contract/desktop-names.ts';
import type { DesktopBridge, DesktopCallName, DesktopEventName } from '../../engine/contract/desktop.ts';

/**
 * The one bridge between the page and the shell. It passes on the engine's port and a closed list of calls and events;
 * the page gets no channel name, no `ipcRenderer` and no event object to play with.
 */

/** A call by its name; the shell checks what it is given. */
const call =
  (name: DesktopCallName) =>
  (input: unknown): Promise<never> =>
    ipcRenderer.invoke(desktopCallMessage(name), input) as Promise<never>;

const events: readonly string[] = [
  'engine',
  'update',
  'command',
  'files',
  'address',
] satisfies DesktopEventName[];

const bridge: DesktopBridge = {
  platform: process.platform as DesktopBridge['platform'],
  chooseFiles: call('chooseFiles'),
  takeFiles: call('takeFiles'),
  openExternal: call('openExternal'),
  showInFolder: call('showInFolder'),
  setMenu: call('setMenu'),
  setAppearance: call('setAppearance'),
  setProgress: call('setProgress'),
  notify: call('notify'),
  engineState: call('engineState'),
  leaveSafeMode: call('leaveSafeMode'),
  checkForUpdate: call('checkForUpdate'),
  installUpdate: call('installUpdate'),
  secretProtection: call('secretProtection'),
  pathOfFile: (file) => webUtils.getPathForFile(file as File),
  on(name, listen) {
    if (!events.includes(name)) throw new Error(`There is no event ${String(name)}.`);
    const channel = desktopEventMessage(name);
    const heard = (_event: unknown, value: unknown): void => {
      listen(value as never);
    };
    ipcRenderer.on(channel, heard);
    return () => {
      ipcRenderer.off(channel, heard);
    };
  },
};
contextBridge.exposeInMainWorld(desktopBridgeName, bridge);

// The page says that it listens, the shell sends a port, and the page gets it: again after each start of the engine.
window.addEventListener('message', (event) => {
  if (event.source === window && event.data === portWanted) ipcRenderer.send(portWanted);
});
ipcRenderer.on(portMessage, (event) => {
  window.postMessage(portMessage, window.location.origin, [...event.ports]);
});
