import type { SupportedMessagePort } from '@orpc/client/message-port';
import { RPCHandler } from '@orpc/server/message-port';
import type { EngineHost } from '../engine-host.ts';
import { router } from '../router.ts';

const handler = new RPCHandler(router);

/**
 * Answers calls that come over a port: Node's own, or one that Electron handed over. When it closes, the calls and
 * streams still running are aborted.
 */
export function serveMessagePort(host: EngineHost, port: SupportedMessagePort): void {
  handler.upgrade(port, { context: host.context });
}
