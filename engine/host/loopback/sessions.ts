import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Who may use the loopback host. An address carries a token that works once, for a short time; the browser that brings
 * it gets a session cookie that scripts cannot read and that no other site's request carries along. Only digests are
 * kept.
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
  /** Digests of sessions that an earlier engine of the same program opened. */
  readonly earlier?: readonly string[];
  /** Hears the digests of all open sessions whenever one is added. */
  readonly onChange?: (digests: readonly string[]) => void;
}

const largestNumber = 64;

export function createSessions(options: SessionsOptions = {}): Sessions {
  const { now = Date.now, tokenLifetimeMs = 600_000, onChange } = options;
  const tokens: { readonly digest: Buffer; readonly until: number }[] = [];
  const sessions: Buffer[] = (options.earlier ?? []).map((digest) => Buffer.from(digest, 'base64'));
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
      const [found] = at < 0 ? [] : tokens.splice(at, 1);
      if (found === undefined || found.until < now()) return undefined;
      const session = randomSecret();
      sessions.push(digestOf(session));
      if (sessions.length > largestNumber) sessions.shift();
      onChange?.(sessions.map((digest) => digest.toString('base64')));
      return session;
    },
    isOpen(session) {
      if (session === undefined) return false;
      const digest = digestOf(session);
      return sessions.some((known) => timingSafeEqual(known, digest));
    },
  };
}

/** Unguessable, and fit for an address or a cookie. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Of one length for any text, as the comparison in constant time needs it. */
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
