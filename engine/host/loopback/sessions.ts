import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Who may use the loopback host. An address carries a token that works once, for a short time; the browser that brings
 * it gets a session cookie that scripts cannot read and that no other site's request carries along. Only digests are
 * kept, so that neither can be read out of the process's memory in full.
 */
export interface Sessions {
  /** A new token for one browser. */
  issueToken(): string;
  /** Takes a token in exchange for a session; undefined when it is unknown, used up or too old. */
  exchange(token: string): string | undefined;
  isOpen(session: string | undefined): boolean;
}

export interface SessionsOptions {
  readonly now?: () => number;
  /** How long a token waits for its browser; default ten minutes. */
  readonly tokenLifetimeMs?: number;
}

const largestNumber = 64;

export function createSessions(options: SessionsOptions = {}): Sessions {
  const { now = Date.now, tokenLifetimeMs = 600_000 } = options;
  const tokens: { readonly digest: Buffer; readonly until: number }[] = [];
  const sessions: Buffer[] = [];
  return {
    issueToken() {
      const token = randomSecret();
      tokens.push({ digest: digestOf(token), until: now() + tokenLifetimeMs });
      if (tokens.length > largestNumber) tokens.shift();
      return token;
    },
    exchange(token) {
      const digest = digestOf(token);
      const at = tokens.findIndex((known) => timingSafeEqual(known.digest, digest));
      if (at < 0) return undefined;
      const [found] = tokens.splice(at, 1);
      if (found!.until < now()) return undefined;
      const session = randomSecret();
      sessions.push(digestOf(session));
      if (sessions.length > largestNumber) sessions.shift();
      return session;
    },
    isOpen(session) {
      if (session === undefined) return false;
      const digest = digestOf(session);
      return sessions.some((known) => timingSafeEqual(known, digest));
    },
  };
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Of one length for any text, as the comparison in constant time needs it. */
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
