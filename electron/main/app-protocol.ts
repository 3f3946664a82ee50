import { net, protocol, type Session } from 'electron';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  contentPolicy,
  emptyPolicy,
  noncePlaceholder,
  securityHeaders,
} from '../../engine/contract/content-policy.ts';

/** The screens have an origin of their own: never `file:`, which may read the whole disk. */
export const appOrigin = 'app://auspex';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** Must be called before the program is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built screens, and nothing beside them, at `app://auspex/`. */
export function serveApp(session: Session, folder: string): void {
  session.protocol.handle('app', (request) => answer(request, folder));
}

async function answer(request: Request, folder: string): Promise<Response> {
  if (request.method !== 'GET') return refuse(405);
  const path = fileOf(request.url, folder);
  if (path === undefined) return refuse(404);
  const type = mediaTypes[extname(path)];
  if (type === undefined) return refuse(404);
  const headers = { ...securityHeaders, 'Content-Type': type };
  if (type.startsWith('text/html')) return page(path, headers);
  const file = await net.fetch(pathToFileURL(path).href).catch(() => undefined);
  if (file?.ok !== true) return refuse(404);
  return new Response(file.body, { headers: { ...headers, 'Content-Security-Policy': emptyPolicy } });
}

async function page(path: string, headers: Readonly<Record<string, string>>): Promise<Response> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return refuse(404);
  const nonce = randomBytes(18).toString('base64');
  return new Response(text.replaceAll(noncePlaceholder, nonce), {
    headers: {
      ...headers,
      'Content-Security-Policy': contentPolicy({ nonce }),
      'Cache-Control': 'no-store',
    },
  });
}

function refuse(status: number): Response {
  return new Response(null, {
    status,
    headers: { ...securityHeaders, 'Content-Security-Policy': emptyPolicy },
  });
}

/** The file that an address means, if it is one of the screens' folder. */
export function fileOf(address: string, folder: string): string | undefined {
  const url = URL.parse(address);
  if (url?.protocol !== 'app:' || url.host !== 'auspex') return undefined;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return undefined;
  }
  if (path.includes('\0') || path.includes('\\')) return undefined;
  const file = resolve(folder, `.${path === '/' ? '/index.html' : path}`);
  return file.startsWith(folder + sep) ? file : undefined;
}
