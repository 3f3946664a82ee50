import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { apiPath, apiTokenName } from '../../contract/api.ts';
import { rpcPath } from '../../contract/connection.ts';
import { securityHeaders } from '../../contract/content-policy.ts';
import type { EngineHost } from '../engine-host.ts';
import { serveRest } from '../transports/rest.ts';
import { serveWebSocket } from '../transports/websocket.ts';
import { answer } from './answer.ts';
import { bringsKey } from './bearer.ts';
import { controlPath } from './control.ts';
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
  /** What another program of the same user must show to be given an address; without it, none is. */
  readonly controlKey?: string;
  /** The largest message of a screen; default 64 MB. */
  readonly largestMessage?: number;
}

export interface LoopbackHost extends AsyncDisposable {
  readonly port: number;
  /** An address that opens the workstation in one browser, once. */
  issueAddress(): string;
}

const sessionCookie = 'auspex-session';
const graceMs = 1000;

/**
 * The workstation in a browser of this machine: the screens as files, the engine over a WebSocket at `/rpc`. It listens
 * on 127.0.0.1 alone, and answers only to a browser that came with an address of `issueAddress`.
 */
export async function startLoopbackHost(options: LoopbackOptions): Promise<LoopbackHost> {
  const { controlKey, sessions = createSessions() } = options;
  const screens = createScreens(options.screens);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: options.largestMessage ?? 64 * 2 ** 20,
    perMessageDeflate: false,
  });
  const server = createServer({ maxHeaderSize: 16_384, requestTimeout: 30_000 });
  const port = (): number => (server.address() as AddressInfo).port;
  const mayEnter = (request: IncomingMessage): boolean => sessions.isOpen(sessionOf(request, port()));
  const issueAddress = (): string => `http://127.0.0.1:${port()}/open?token=${sessions.issueToken()}`;

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const refusal = checkOrigin(request.headers, port());
    const path = pathOf(request);
    if (refusal) answer(response, refusal.status, refusal.reason);
    else if (path === '/open') open(request, response);
    else if (path === controlPath) control(request, response);
    else if (path.startsWith(`${apiPath}/`)) ended(api(request, response), response);
    else if (!mayEnter(request)) answer(response, 401, noSession);
    else ended(screens(request, response), response);
  });

  function open(request: IncomingMessage, response: ServerResponse): void {
    const token = new URLSearchParams((request.url ?? '').split('?')[1]).get('token') ?? '';
    const session = request.method === 'GET' ? sessions.exchange(token) : undefined;
    if (session === undefined && !mayEnter(request)) {
      answer(response, 403, noSession);
      return;
    }
    if (session !== undefined) {
      const cookie = `${cookieName(port())}=${session}; HttpOnly; SameSite=Strict; Path=/`;
      response.setHeader('Set-Cookie', cookie);
    }
    response.setHeader('Location', '/');
    answer(response, 303, 'Welcome.');
  }

  function control(request: IncomingMessage, response: ServerResponse): void {
    const isAllowed = controlKey !== undefined && bringsKey(request, controlKey);
    if (isAllowed && request.method === 'POST') answer(response, 200, issueAddress());
    else answer(response, isAllowed ? 405 : 403, 'Only the program that serves this may ask.');
  }

  async function api(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { settings, secrets } = options.engine.context;
    if (!settings().get('api.enabled')) {
      answer(response, 404, 'There is no such file.');
      return;
    }
    const token = await secrets()
      .get(apiTokenName)
      .catch(() => undefined);
    if (token === undefined || !bringsKey(request, token)) {
      response.setHeader('WWW-Authenticate', 'Bearer');
      answer(response, 401, 'Show the token of the settings as a bearer token.');
      return;
    }
    const isKnown = await serveRest(options.engine, request, response);
    if (!isKnown) answer(response, 404, 'There is no such procedure.');
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const isKnown = pathOf(request) === rpcPath;
    const status =
      checkUpgrade(request.headers, port())?.status ?? (isKnown ? (mayEnter(request) ? 101 : 401) : 404);
    if (status !== 101) {
      socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (connection) => {
      // A message that is too large, or no message at all: this connection ends, nothing else.
      connection.on('error', () => {
        connection.terminate();
      });
      serveWebSocket(options.engine, connection);
    });
  });

  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(options.port ?? 0, '127.0.0.1', listening);
  });
  return {
    port: port(),
    issueAddress,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((done) => server.close(done));
      for (const connection of sockets.clients) connection.close(1001, 'The workstation is closing.');
      server.closeIdleConnections();
      const end = setTimeout(() => {
        for (const connection of sockets.clients) connection.terminate();
        server.closeAllConnections();
      }, graceMs);
      await closed;
      clearTimeout(end);
    },
  };
}

/** What broke in answering is answered itself, if nothing has been yet. */
function ended(answering: Promise<void>, response: ServerResponse): void {
  answering.catch(() => {
    if (response.headersSent) response.destroy();
    else answer(response, 500, 'Something unexpected went wrong.');
  });
}

const noSession =
  'This address is unknown or used up. Take a new one from the terminal: run the same command once more.';

/** Cookies know no ports, so the name carries it: two workstations side by side keep apart. */
function cookieName(port: number): string {
  return `${sessionCookie}-${port}`;
}

function sessionOf(request: IncomingMessage, port: number): string | undefined {
  const start = `${cookieName(port)}=`;
  return request.headers.cookie
    ?.split('; ')
    .find((cookie) => cookie.startsWith(start))
    ?.slice(start.length);
}
