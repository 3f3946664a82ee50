import type { Message } from './message.ts';

/** What a channel works with besides its own settings. */
export interface SendContext {
  readonly signal: AbortSignal;
  /** What the channel called this part when an earlier revision arrived; the part is then edited in place. */
  readonly remoteId?: string | undefined;
  /** What the channel called the parts that it took before, newest first. */
  readonly lastRemoteIds: readonly string[];
}

export interface Receipt {
  /** What the other side calls it, where it says so. */
  readonly remoteId: string | null;
}

/** `unknown`: the other side cannot be asked. */
export type Found = Receipt | 'absent' | 'unknown';

/** What would be sent, as a file to look at. */
export interface Preview {
  readonly name: string;
  readonly mediaType: string;
  readonly content: string | Uint8Array;
}

/**
 * A place where documents go. A channel keeps nothing: what was sent is the outbox's to know. A message has one or more
 * parts, each of which arrives whole or not at all; a part's name stays the same for the same message.
 */
export interface Channel {
  readonly kind: string;
  /** Whether sending a part again, when it is not known to have arrived, still makes it arrive once. */
  readonly canRepeat: boolean;
  /** Whether a part that arrived can be replaced by a changed one. */
  readonly canEdit: boolean;
  parts(message: Message): readonly string[];
  /** Touches nothing outside. */
  preview(message: Message): Promise<readonly Preview[]>;
  /** @throws DeliveryProblem */
  send(message: Message, part: string, context: SendContext): Promise<Receipt>;
  /** Whether a part whose answer was lost arrived; for channels that cannot repeat. */
  find?(message: Message, part: string, context: SendContext): Promise<Found>;
}

/**
 * Why a part did not arrive: `delayed` (it surely did not, and may later), `refused` (it never will as it is) or `lost`
 * (the answer never came, so it may have arrived). The sentence holds no secret.
 */
export class DeliveryProblem extends Error {
  readonly fate: 'delayed' | 'refused' | 'lost';
  /** How long the other side asks to be left alone. */
  readonly retryAfterMs: number | undefined;

  constructor(
    fate: 'delayed' | 'refused' | 'lost',
    sentence: string,
    options: { readonly retryAfterMs?: number | undefined; readonly cause?: unknown } = {},
  ) {
    super(sentence, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'DeliveryProblem';
    this.fate = fate;
    this.retryAfterMs = options.retryAfterMs;
  }
}
