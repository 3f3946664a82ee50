import { RPCHandler } from '@orpc/server/ws';
import type { WebSocket } from 'ws';
import type { EngineHost } from '../engine-host.ts';
import { router } from '../router.ts';

const handler = new RPCHandler(router);

/** Answers a screen's calls over its WebSocket. When that closes, the calls and streams still running are aborted. */
export function serveWebSocket(host: EngineHost, socket: WebSocket): void {
  void handler.upgrade(socket, { context: host.context });
}
