import type { ServerResponse } from 'node:http';
import { emptyPolicy } from '../../contract/content-policy.ts';

/** Answers with a plain sentence. */
export function answer(response: ServerResponse, status: number, sentence: string): void {
  response.statusCode = status;
  response.setHeader('Content-Security-Policy', emptyPolicy);
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.end(`${sentence}\n`);
}
