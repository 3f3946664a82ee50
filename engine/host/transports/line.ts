import { RPCHandler } from '@orpc/server/websocket';
import type { EngineHost } from '../engine-host.ts';
import { router } from '../router.ts';

/** One end of a connection with a screen, whatever it is made of. */
export interface Line {
  send(message: string | ArrayBufferView<ArrayBuffer> | ArrayBuffer | Blob): void;
  /** Ends the connection, because the other side does not speak the protocol. */
  refuse(): void;
}

const handler = new RPCHandler(router);

/**
 * Answers the calls of a line. What is no call ends that line and nothing else: without this, one broken message would
 * be an error that nobody awaits, and those end the process.
 */
export function serveLine(
  host: EngineHost,
  line: Line,
): { readonly onMessage: (data: string | ArrayBuffer) => void; readonly onClose: () => void } {
  const end: Parameters<typeof handler.message>[0] = {
    send: (message) => {
      line.send(message);
    },
    addEventListener: () => {},
  };
  return {
    onMessage(data) {
      handler.message(end, data, { context: host.context }).catch(() => {
        line.refuse();
      });
    },
    onClose() {
      handler.close(end);
    },
  };
}
