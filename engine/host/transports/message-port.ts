import {
  onMessagePortClose,
  onMessagePortMessage,
  postMessagePortMessage,
  type SupportedMessagePort,
} from '@orpc/client/message-port';
import type { EngineHost } from '../engine-host.ts';
import { serveLine } from './line.ts';

/** Node's own ports and those that Electron hands over. */
export type ServedPort = SupportedMessagePort & { close?(): void };

/**
 * Answers calls that come over a port. When it closes, the calls and streams still running are aborted. Electron's ports
 * must be started by whoever received them.
 */
export function serveMessagePort(host: EngineHost, port: ServedPort): void {
  const { onMessage, onClose } = serveLine(host, {
    send: (message) => {
      postMessagePortMessage(port, message);
    },
    refuse: () => {
      port.close?.();
    },
  });
  onMessagePortMessage(port, onMessage);
  onMessagePortClose(port, onClose);
}
