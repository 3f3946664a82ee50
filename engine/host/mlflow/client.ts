import { z } from 'zod';
import { AppError } from '../../contract/errors.ts';
import { AddressRefused, guardedFetch } from '../../runtime/guarded-fetch.ts';
import { redactText } from '../../runtime/redact.ts';

/** An answer that is no success. */
export class MlflowProblem extends Error {
  /** The server's own word, such as `RESOURCE_ALREADY_EXISTS`; undefined where there was no answer of its own. */
  readonly word: string | undefined;
  /** True where the same call may succeed later: the server is away, busy or broken, or wants credentials. */
  readonly mayPass: boolean;

  constructor(message: string, options: { word?: string | undefined; mayPass: boolean; cause?: unknown }) {
    super(redactText(message), { cause: options.cause });
    this.name = 'MlflowProblem';
    this.word = options.word;
    this.mayPass = options.mayPass;
  }
}

export interface MlflowClientOptions {
  /** `http://host:port`, or with a path where the server stands behind one. */
  readonly address: string;
  /** The value of the header `Authorization`; it is never logged. */
  readonly authorization?: string | undefined;
  /** Default 10 s a call. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** The calls of MLflow's REST API 2.0 that tracking needs. All throw `MlflowProblem`. */
export interface MlflowClient {
  get<Answer>(
    path: string,
    query: Readonly<Record<string, string>>,
    answer: z.ZodType<Answer>,
  ): Promise<Answer>;
  post<Answer>(path: string, body: object, answer: z.ZodType<Answer>): Promise<Answer>;
  /** Uploads through the server's own artefact proxy; the path is below its root. */
  putArtefact(path: string, content: Uint8Array): Promise<void>;
}

const largestAnswer = 4 * 1024 * 1024;
const problemSchema = z.object({ error_code: z.string().optional(), message: z.string().optional() });

/** @throws AppError `CONFIGURATION_INVALID` for an address that is not plain http or https */
export function createMlflowClient(options: MlflowClientOptions): MlflowClient {
  const base = requireAddress(options.address);
  const { authorization, timeoutMs = 10_000 } = options;

  async function call(
    url: URL,
    init: { method: string; body?: string | Uint8Array<ArrayBuffer>; type?: string },
  ) {
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = options.signal ? AbortSignal.any([timeout, options.signal]) : timeout;
    const where = `${init.method} ${url.pathname}`;
    try {
      const response = await guardedFetch(
        url,
        {
          method: init.method,
          headers: {
            accept: 'application/json',
            ...(init.type ? { 'content-type': init.type } : {}),
            ...(authorization ? { authorization } : {}),
          },
          ...(init.body === undefined ? {} : { body: init.body }),
          // Whoever stands elsewhere was not given the credentials.
          redirect: 'error',
          signal,
        },
        { mayBeOwn: true },
      );
      const text = await readText(response);
      if (response.ok) return text;
      throw problemOf(response.status, text, where);
    } catch (cause) {
      if (cause instanceof MlflowProblem) throw cause;
      // The call waits until the setting names another server.
      if (cause instanceof AddressRefused) throw new MlflowProblem(cause.message, { mayPass: true });
      const reason = timeout.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(cause);
      throw new MlflowProblem(`${where}: ${reason}`, { mayPass: true, cause });
    }
  }

  const api = (path: string) => new URL(`${base.href}api/2.0/mlflow/${path}`);
  return {
    async get(path, query, answer) {
      const url = api(path);
      for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
      return parse(answer, await call(url, { method: 'GET' }));
    },
    async post(path, body, answer) {
      const text = JSON.stringify(body);
      return parse(answer, await call(api(path), { method: 'POST', body: text, type: 'application/json' }));
    },
    async putArtefact(path, content) {
      const encoded = path.split('/').filter(Boolean).map(encodeURIComponent).join('/');
      const url = new URL(`${base.href}api/2.0/mlflow-artifacts/artifacts/${encoded}`);
      await call(url, { method: 'PUT', body: Uint8Array.from(content), type: 'application/octet-stream' });
    },
  };
}

function requireAddress(address: string): URL {
  const url = URL.parse(address.replace(/\/*$/, '/'));
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '') {
    throw new AppError('CONFIGURATION_INVALID', 'expected an http or https address without a user name', {
      detail: { setting: 'tracking.mlflowAddress' },
    });
  }
  return url;
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > largestAnswer) throw new Error('the answer is too large');
  }
  return text + decoder.decode();
}

/** A refusal says that this very call is wrong; everything else may pass. 401 and 403 do once credentials are given. */
function problemOf(status: number, text: string, where: string): MlflowProblem {
  const { error_code: word, message } = problemSchema.safeParse(tryJson(text)).data ?? {};
  const mayPass = status >= 500 || [401, 403, 408, 425, 429].includes(status);
  const said = message ? `: ${message.slice(0, 300)}` : '';
  return new MlflowProblem(`${where}: ${status}${word ? ` ${word}` : ''}${said}`, { word, mayPass });
}

/** Something that is no MLflow server may answer as well: a proxy's page, another program. */
function parse<Answer>(schema: z.ZodType<Answer>, text: string): Answer {
  const parsed = schema.safeParse(tryJson(text));
  if (parsed.success) return parsed.data;
  throw new MlflowProblem('the answer is not what an MLflow server says', {
    mayPass: true,
    cause: parsed.error,
  });
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  if (!(inner instanceof Error)) return 'unknown cause';
  return (inner as NodeJS.ErrnoException).code ?? inner.message;
}
