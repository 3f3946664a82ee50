import type { WebSocket } from 'ws';
import type { EngineHost } from '../engine-host.ts';
import { serveLine } from './line.ts';

/** The peer broke the protocol (RFC 6455, 7.4.1). */
const protocolError = 1002;

/** Answers a screen's calls over its WebSocket. When that closes, the calls and streams still running are aborted. */
export function serveWebSocket(host: EngineHost, socket: WebSocket): void {
  const { onMessage, onClose } = serveLine(host, {
    send: (message) => {
      socket.send(message as Parameters<WebSocket['send']>[0]);
    },
    refuse: () => {
      socket.close(protocolError);
    },
  });
  socket.on('message', (data: Buffer<ArrayBuffer>, isBinary) => {
    onMessage(isBinary ? bytesOf(data) : data.toString('utf8'));
  });
  socket.on('close', onClose);
}

/** Small messages share one large buffer. */
function bytesOf({ buffer, byteOffset, byteLength }: Buffer<ArrayBuffer>): ArrayBuffer {
  return buffer.slice(byteOffset, byteOffset + byteLength);
}
