import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import { contentPolicy, emptyPolicy, noncePlaceholder } from '../../contract/content-policy.ts';
import { answer } from './answer.ts';

/** Serves the built screens: the page with a nonce of its own each time, the files beside it as they are. */
export function createScreens(
  folder: string,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  // Looked up for each request, so that screens built anew are served at once.
  const files = sirv(folder, { dev: true, etag: true });
  return async (request, response) => {
    const path = pathOf(request);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      answer(response, 405, 'Only reading is possible here.');
    } else if (path === '/' || path === '/index.html') {
      await answerPage(folder, request, response);
    } else {
      response.setHeader('Content-Security-Policy', emptyPolicy);
      files(request, response, () => {
        answer(response, 404, 'There is no such file.');
      });
    }
  };
}

async function answerPage(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const page = await readFile(join(folder, 'index.html'), 'utf8').catch(() => undefined);
  if (page === undefined) {
    answer(response, 503, 'The screens are not built: run `npm run serve` once more.');
    return;
  }
  const nonce = randomBytes(18).toString('base64');
  // The guard has seen to it that the host is this one.
  const connect = [`ws://${request.headers.host}`];
  response.setHeader('Content-Security-Policy', contentPolicy({ nonce, connect }));
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.end(request.method === 'HEAD' ? undefined : page.replaceAll(noncePlaceholder, nonce));
}

export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0]!;
}
