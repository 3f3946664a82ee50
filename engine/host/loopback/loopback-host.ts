import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { securityHeaders } from '../../contract/content-policy.ts';
import type { EngineHost } from '../engine-host.ts';
import { serveWebSocket } from '../transports/websocket.ts';
import { answer } from './answer.ts';
import { checkOrigin, checkUpgrade } from './guard.ts';
import { createScreens, pathOf } from './screens.ts';
import { createSessions, type Sessions } from './sessions.ts';

export interface LoopbackOptions {
  readonly engine: EngineHost;
  /** The folder of the built screens. */
  readonly screens: string;
  /** Default: any free one. */
  readonly port?: number;
  readonly sessions?: Sessions;
  /** The largest message of a screen; default 64 MB. */
  readonly largestMessage?: number;
}

export interface LoopbackHost extends AsyncDisposable {
  readonly port: number;
  /** An address that opens the workstation in one browser, once. */
  issueAddress(): string;
}

const sessionCookie = 'auspex-session';
const grace = 1000;

/**
 * The workstation in a browser of this machine: the screens as files, the engine over a WebSocket at `/rpc`. It listens
 * on 127.0.0.1 alone, and answers only to a browser that came with an address of `issueAddress`.
 */
export async function startLoopbackHost(options: LoopbackOptions): Promise<LoopbackHost> {
  const sessions = options.sessions ?? createSessions();
  const screens = createScreens(options.screens);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: options.largestMessage ?? 64 * 2 ** 20,
    perMessageDeflate: false,
  });
  const server = createServer({ maxHeaderSize: 16_384, requestTimeout: 30_000 });
  const port = (): number => (server.address() as AddressInfo).port;
  const mayEnter = (request: IncomingMessage): boolean => sessions.isOpen(cookieOf(request, port()));

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const refusal = checkOrigin(request.headers, port());
    if (refusal) {
      answer(response, refusal.status, refusal.reason);
      return;
    }
    if (pathOf(request) === '/open') {
      open(request, response);
      return;
    }
    if (!mayEnter(request)) {
      answer(response, 401, noSession);
      return;
    }
    screens(request, response, port()).catch(() => {
      answer(response, 500, 'The file could not be read.');
    });
  });

  function open(request: IncomingMessage, response: ServerResponse): void {
    const token = new URLSearchParams((request.url ?? '').split('?')[1]).get('token') ?? '';
    const session = sessions.exchange(token);
    if (session !== undefined) {
      const cookie = `${sessionCookie}-${port()}=${session}; HttpOnly; SameSite=Strict; Path=/`;
      response.setHeader('Set-Cookie', cookie);
    } else if (!mayEnter(request)) {
      answer(response, 403, noSession);
      return;
    }
    response.setHeader('Location', '/');
    answer(response, 303, 'Welcome.');
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const refusal = checkUpgrade(request.headers, port());
    if (refusal || pathOf(request) !== '/rpc' || !mayEnter(request)) {
      const status = refusal?.status ?? (pathOf(request) === '/rpc' ? 401 : 404);
      socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (connection) => {
      connection.on('error', () => {
        connection.terminate();
      });
      serveWebSocket(options.engine, connection);
    });
  });

  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(options.port ?? 0, '127.0.0.1', () => {
      listening();
    });
  });
  return {
    port: port(),
    issueAddress: () => `http://127.0.0.1:${port()}/open?token=${sessions.issueToken()}`,
    async [Symbol.asyncDispose]() {
      for (const connection of sockets.clients) connection.close(1001, 'The workstation is closing.');
      const closed = new Promise((done) => server.close(done));
      server.closeIdleConnections();
      const end = setTimeout(() => {
        for (const connection of sockets.clients) connection.terminate();
        server.closeAllConnections();
      }, grace);
      await closed;
      clearTimeout(end);
    },
  };
}

const noSession =
  'This address is used up or unknown. Take a new one from the terminal in which the workstation runs.';

/** Cookies know no ports, so the name carries it: two workstations side by side keep apart. */
function cookieOf(request: IncomingMessage, port: number): string | undefined {
  const start = `${sessionCookie}-${port}=`;
  return request.headers.cookie
    ?.split('; ')
    .find((cookie) => cookie.startsWith(start))
    ?.slice(start.length);
}
