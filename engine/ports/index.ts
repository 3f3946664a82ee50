import type { Instant } from '../contract/domain.ts';

/** The present instant. Tests and simulations supply their own. */
export interface Clock {
  now(): Instant;
}

export interface FetchRequest {
  readonly address: string;
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  readonly signal?: AbortSignalLike | undefined;
}

/** The part of an `AbortSignal` that the ports need, so that this layer sees neither Node nor DOM types. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export type FetchAnswer =
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'content';
      readonly body: Uint8Array;
      readonly etag?: string | undefined;
      readonly lastModified?: string | undefined;
    };

/** Fetches one address, conditionally; refuses with a `SOURCE_*` AppError. */
export interface Fetcher {
  fetch(request: FetchRequest): Promise<FetchAnswer>;
}

/** Passwords, tokens and keys, by name. They live here alone: no setting, log, export or backup holds one. */
export interface SecretStore {
  /** The secret of that name; undefined where there is none. */
  get(name: string): Promise<string | undefined>;
  set(name: string, secret: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** The names alone, sorted. */
  names(): Promise<readonly string[]>;
}

/** Where things live on this machine. All absolute. */
export interface Paths {
  readonly home: string;
  readonly database: string;
  readonly documents: string;
  readonly backups: string;
  readonly logs: string;
}
