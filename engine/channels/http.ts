import { AddressRefused, guardedFetch } from '../runtime/guarded-fetch.ts';
import { DeliveryProblem } from './channel.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  /** How long the other side asks to be left alone. */
  readonly retryAfterMs: number | undefined;
}

const timeoutMs = 30_000;

/** Answers are short; a longer one is cut so that nobody can fill the memory. */
const longestAnswer = 1_000_000;

/** Failures before a single byte of the request was on its way. */
const unsentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * One POST with an answer of text. The address is named in problems by its host alone: its path may hold a token.
 *
 * @throws DeliveryProblem `delayed` where nothing was sent, `lost` where no answer came
 */
export async function post(
  address: string,
  request: {
    readonly headers?: Readonly<Record<string, string>>;
    readonly body: string | FormData | Uint8Array<ArrayBuffer>;
  },
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const { host } = new URL(address);
  try {
    // A redirection, which is not followed, would take the document and its signature elsewhere.
    const answer = await guardedFetch(
      new URL(address),
      {
        method: 'POST',
        // A connection that the other side has closed in the meantime would look like a lost answer.
        headers: { connection: 'close', ...request.headers },
        body: request.body,
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      },
      // A server of one's own may stand on one's own network: the analyst names it, and nothing leads on from there.
      { mayBeOwn: true },
    );
    const retryAfterMs = retryAfter(answer.headers.get('retry-after'));
    return { status: answer.status, body: await readShort(answer), retryAfterMs };
  } catch (error) {
    if (error instanceof AddressRefused)
      throw new DeliveryProblem('refused', `${host} is not called: ${error.reason}.`);
    const code = codeOf(error);
    if (unsentCodes.has(code)) {
      throw new DeliveryProblem('delayed', `${host} could not be reached (${code}).`, { cause: error });
    }
    throw new DeliveryProblem('lost', `${host} gave no answer (${code}).`, { cause: error });
  }
}

/** Seconds; a date, which is rare, is left to the outbox's own waiting. */
function retryAfter(header: string | null): number | undefined {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : undefined;
}

async function readShort(answer: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of answer.body ?? []) {
    pieces.push(piece as Uint8Array);
    length += (piece as Uint8Array).length;
    if (length > longestAnswer) break;
  }
  return Buffer.concat(pieces).toString('utf8');
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (cause instanceof AggregateError) return codeOf(cause.errors[0]);
  const { code, name } = cause as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
}

/**
 * What a status says of the part: nothing below 300, else a problem. A server error may come after the work was done.
 */
export function requireSuccess(answer: HttpAnswer, host: string): void {
  const { status, retryAfterMs } = answer;
  if (status < 300) return;
  const sentence = `${host} answered with status ${status}.`;
  if (status === 429 || status === 503) throw new DeliveryProblem('delayed', sentence, { retryAfterMs });
  if (status >= 500) throw new DeliveryProblem('lost', sentence);
  throw new DeliveryProblem('refused', sentence);
}

/** An answer as JSON; a page in its place means that something between answered. */
export function jsonAnswer(answer: HttpAnswer, host: string): unknown {
  try {
    return JSON.parse(answer.body);
  } catch (cause) {
    throw new DeliveryProblem('lost', `${host} answered with something that is not JSON.`, { cause });
  }
}
