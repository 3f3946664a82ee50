import { ipcMain, MessageChannelMain, type MessagePortMain } from 'electron';
import { portMessage, portWanted } from '../../engine/contract/connection.ts';
import { isFromOwnPage } from './ipc.ts';

/** Gives each page that asks for one a port of its own to the engine. The shell itself never sees what goes over it. */
export function handOverPorts(connect: (port: MessagePortMain) => void): void {
  ipcMain.on(portWanted, (event) => {
    if (!isFromOwnPage(event)) return;
    const { port1, port2 } = new MessageChannelMain();
    connect(port1);
    event.senderFrame?.postMessage(portMessage, null, [port2]);
  });
}
