import type { ClientContext, ClientLink } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { portMessage, portWanted, rpcPath } from '../../engine/contract/connection.ts';
import { reconnectDelayMs } from './back-off.ts';
import { markLost, markOpen } from './connection-state.ts';

type Link = ClientLink<ClientContext>;

let ready = Promise.withResolvers<Link>();
let isReady = false;

/** The link that is open now; waits for one while there is none. */
export function openLink(signal?: AbortSignal): Promise<Link> {
  if (signal === undefined) return ready.promise;
  return new Promise((resolve, reject) => {
    const stop = () => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    void ready.promise.then(resolve).finally(() => {
      signal.removeEventListener('abort', stop);
    });
  });
}

/** Connects to the engine: over a port where the desktop shell hands one over, else over the host's WebSocket. */
export function connect(): void {
  if (location.protocol === 'http:' || location.protocol === 'https:') connectBySocket(0);
  else connectByPort();
}

function opened(link: Link): void {
  // A port that takes the place of another, without a loss in between.
  if (isReady) ready = Promise.withResolvers();
  isReady = true;
  ready.resolve(link);
  markOpen();
}

function lost(): void {
  // Whoever waits already waits through every try that fails.
  if (isReady) ready = Promise.withResolvers();
  isReady = false;
  markLost(Date.now());
}

function connectBySocket(attempt: number): void {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(`${scheme}//${location.host}${rpcPath}`);
  // Before the first message, so that no answer is missed.
  const link = new SocketLink({ websocket: socket });
  let wasOpen = false;
  let retry: (() => void) | undefined;
  socket.addEventListener('open', () => {
    wasOpen = true;
    opened(link);
  });
  socket.addEventListener('close', () => {
    lost();
    const next = wasOpen ? 0 : attempt + 1;
    const again = () => {
      clearTimeout(timer);
      if (retry) window.removeEventListener('online', retry);
      connectBySocket(next);
    };
    const timer = setTimeout(again, reconnectDelayMs(next));
    retry = again;
    window.addEventListener('online', retry, { once: true });
  });
}

function connectByPort(): void {
  window.addEventListener('message', (event) => {
    const [port] = event.ports;
    if (event.source !== window || event.data !== portMessage || port === undefined) return;
    const link = new PortLink({ port });
    port.addEventListener('close', () => {
      lost();
      window.postMessage(portWanted, location.origin);
    });
    port.start();
    opened(link);
  });
  window.postMessage(portWanted, location.origin);
}
