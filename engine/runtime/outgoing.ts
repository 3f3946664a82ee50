import { AsyncLocalStorage } from 'node:async_hooks';
import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';

/** A call to another machine, without anything of what was said. */
export interface OutgoingNote {
  readonly instant: number;
  /** Who called: the kind of run, or the group of procedures. */
  readonly purpose: string;
  readonly method: string;
  readonly host: string;
  /** `ok`, the number of a refusing answer, or the code of the failure. */
  readonly outcome: string;
  readonly bytes: number | null;
  readonly durationMs: number;
}

const purposes = new AsyncLocalStorage<string>();
const ownChannel = channel('auspex:outgoing');

/** Does work on behalf of something; calls it makes are noted under that name. */
export function callingFor<Result>(purpose: string, work: () => Result): Result {
  return purposes.run(purpose, work);
}

/** Notes a call that does not go over HTTP, such as one to a mail server. */
export function noteOutgoing(call: Omit<OutgoingNote, 'purpose' | 'instant'>, now = Date.now()): void {
  const { durationMs } = call;
  ownChannel.publish({ ...call, instant: now - durationMs, purpose: purposes.getStore() ?? 'other' });
}

interface HttpRequest {
  readonly origin: string | URL;
  readonly method: string;
}
interface HttpEvent {
  readonly request: HttpRequest;
  readonly response?: { readonly statusCode: number; readonly headers: readonly Buffer[] };
  readonly error?: { readonly code?: string; readonly name?: string };
}
interface ConnectEvent {
  readonly connectParams: { readonly host: string; readonly protocol: string };
  readonly error: { readonly code?: string };
}

/**
 * Hears of every HTTP call of this process, whoever makes it, since it listens where the runtime itself sends; so no
 * call can be forgotten.
 */
export function watchOutgoing(note: (call: OutgoingNote) => void): Disposable {
  const begun = new WeakMap<HttpRequest, { instant: number; purpose: string }>();
  const finish = (event: HttpEvent, outcome: string) => {
    const start = begun.get(event.request);
    if (!start) return;
    begun.delete(event.request);
    const { method, origin } = event.request;
    const host = new URL(String(origin)).host;
    const bytes = contentLength(event.response?.headers ?? []);
    note({ ...start, method, host, outcome, bytes, durationMs: Date.now() - start.instant });
  };
  const listeners: readonly (readonly [string, (message: unknown) => void])[] = [
    [
      'undici:request:create',
      (message) => {
        const { request } = message as HttpEvent;
        begun.set(request, { instant: Date.now(), purpose: purposes.getStore() ?? 'other' });
      },
    ],
    [
      'undici:request:headers',
      (message) => {
        const event = message as HttpEvent;
        const status = event.response?.statusCode ?? 0;
        finish(event, status < 400 ? 'ok' : String(status));
      },
    ],
    [
      'undici:request:error',
      (message) => {
        const event = message as HttpEvent;
        finish(event, event.error?.code ?? event.error?.name ?? 'failed');
      },
    ],
    [
      'undici:client:connectError',
      (message) => {
        const { connectParams, error } = message as ConnectEvent;
        const [instant, purpose] = [Date.now(), purposes.getStore() ?? 'other'];
        const { host } = connectParams;
        note({
          instant,
          purpose,
          method: 'CONNECT',
          host,
          outcome: error.code ?? 'failed',
          bytes: null,
          durationMs: 0,
        });
      },
    ],
    [
      'auspex:outgoing',
      (message) => {
        note(message as OutgoingNote);
      },
    ],
  ];
  for (const [name, listener] of listeners) subscribe(name, listener);
  return {
    [Symbol.dispose]() {
      for (const [name, listener] of listeners) unsubscribe(name, listener);
    },
  };
}

function contentLength(headers: readonly Buffer[]): number | null {
  for (let at = 0; at + 1 < headers.length; at += 2) {
    if (headers[at]!.toString('latin1').toLowerCase() !== 'content-length') continue;
    const length = Number(headers[at + 1]!.toString('latin1'));
    return Number.isSafeInteger(length) ? length : null;
  }
  return null;
}
