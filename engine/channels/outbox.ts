import type { Database } from '../../db/client.ts';
import { lastRemoteIds, listOutboxParts, nextDueItem } from '../../db/queries/outbox.ts';
import type { OutboxItem } from '../../db/queries/outbox.ts';
import { outboxStorage } from '../../db/storage/outbox.ts';
import type { Queued } from '../../db/storage/outbox.ts';
import { AppError } from '../contract/errors.ts';
import type { Clock } from '../ports/index.ts';
import { DeliveryProblem } from './channel.ts';
import type { Channel } from './channel.ts';
import { messageHash, messageSchema } from './message.ts';
import type { Message } from './message.ts';

export interface OutboxOptions {
  readonly database: Database;
  readonly clock: Clock;
  /** By the names under which they are kept in the database. */
  readonly channels: ReadonlyMap<string, Channel>;
  /** Tries before an item is set aside as dead; default 12. */
  readonly attempts?: number;
  /** The first wait; doubled every time up to six hours. Default 30 s. */
  readonly firstWaitMs?: number;
}

export interface DeliveryCounts {
  readonly sent: number;
  readonly delayed: number;
  /** Perhaps there, perhaps not, and nobody to ask: for the analyst to look at. */
  readonly uncertain: number;
  readonly dead: number;
}

export interface Outbox {
  /**
   * Takes a message for a channel. A document that this channel has, or has waiting, is not taken twice; a changed one
   * becomes an edit where the channel can edit, and is `unchanged` where it cannot take back what it sent.
   *
   * @param options `notBefore`: an instant; default at once
   */
  queue(channel: string, message: Message, options?: { readonly notBefore?: number }): Queued;
  /** Sends what is due, oldest first, until nothing is. Cancelling leaves the rest for the next time. */
  deliver(signal: AbortSignal): Promise<DeliveryCounts>;
  /** Sends a dead or uncertain item again, whatever may have arrived. */
  revive(id: number): boolean;
  /** Sends again what is dead of a channel; what is in doubt is left to `revive`. Answers how many. */
  reviveAll(channel: string): number;
  /** The analyst has seen that the part in doubt arrived; the rest is sent. */
  confirm(id: number): boolean;
}

const longestWaitMs = 6 * 3600_000;

type Due = OutboxItem & { readonly payload: string };

/**
 * The way of every document to every channel. Each document arrives once: the row of a part is on the disk before the
 * network is touched, so that whatever happens in between is known afterwards. A part that may have arrived is sent again
 * where the channel tells copies apart, is looked up where it can be, and is otherwise set aside as uncertain.
 */
export function createOutbox(options: OutboxOptions): Outbox {
  const { database, clock, channels } = options;
  const storage = outboxStorage(database);
  const names = JSON.stringify([...channels.keys()]);
  return {
    queue(channel, message, { notBefore = 0 } = {}) {
      const instant = clock.now();
      return storage.queue(
        {
          channel,
          document: message.document,
          sha256: messageHash(message),
          payload: JSON.stringify(message),
          instant,
          dueAt: Math.max(instant, notBefore),
        },
        { canRevise: channels.get(channel)?.canEdit ?? false },
      );
    },
    async deliver(signal) {
      const counts = { sent: 0, delayed: 0, uncertain: 0, dead: 0 };
      while (!signal.aborted) {
        const item = nextDueItem(database, { now: clock.now(), channels: names });
        const channel = item && channels.get(item.channel);
        if (!item || !channel) break;
        const end = await deliverItem({ ...options, storage, channel, item, signal });
        if (end) counts[end]++;
      }
      return counts;
    },
    revive: (id) => storage.revive(id, clock.now()),
    reviveAll: (channel) => storage.reviveAll(channel, clock.now()),
    confirm: (id) => storage.confirm(id, clock.now()),
  };
}

interface Delivery extends OutboxOptions {
  readonly storage: ReturnType<typeof outboxStorage>;
  readonly channel: Channel;
  readonly item: Due;
  readonly signal: AbortSignal;
}

async function deliverItem(delivery: Delivery): Promise<keyof DeliveryCounts | undefined> {
  const { storage, clock, channel, item, signal } = delivery;
  const message = messageSchema.parse(JSON.parse(item.payload));
  storage.countAttempt(item.id);
  try {
    for (const part of channel.parts(message)) {
      if (signal.aborted) return undefined;
      await deliverPart(delivery, message, part);
    }
  } catch (thrown) {
    return giveUp(delivery, thrown);
  }
  storage.settle({ id: item.id, state: 'sent', instant: clock.now(), problem: null });
  return 'sent';
}

async function deliverPart(delivery: Delivery, message: Message, part: string): Promise<void> {
  const { database, storage, clock, channel, item, signal } = delivery;
  const { id, revision } = item;
  const known = listOutboxParts(database, id).find((row) => row.part === part);
  if (known?.state === 'arrived' && known.revision === revision) return;
  const context = {
    signal,
    remoteId: known?.remoteId ?? undefined,
    lastRemoteIds: lastRemoteIds(database, item.channel),
  };
  const mayBeThere = known?.state === 'begun' && context.remoteId === undefined && !channel.canRepeat;
  if (mayBeThere) {
    const found = (await channel.find?.(message, part, context)) ?? 'unknown';
    if (found === 'unknown') throw new Uncertain(part);
    if (found !== 'absent') {
      storage.arrive({ id, part, instant: clock.now(), remoteId: found.remoteId, isFound: true });
      return;
    }
  }
  storage.beginPart({ id, part, revision, instant: clock.now() });
  const receipt = await channel.send(message, part, context).catch((thrown: unknown) => {
    // What surely did not arrive need not be looked for.
    if (thrown instanceof DeliveryProblem && thrown.fate !== 'lost') storage.unbeginPart({ id, part });
    throw thrown;
  });
  storage.arrive({ id, part, instant: clock.now(), remoteId: receipt.remoteId, isFound: false });
}

class Uncertain extends Error {
  constructor(part: string) {
    super(`It is not known whether "${part}" arrived, and the channel cannot be asked.`);
  }
}

/** A problem of the other side settles or delays the item; any other is a defect, which still must not stop the rest. */
function giveUp(delivery: Delivery, thrown: unknown): keyof DeliveryCounts {
  const { storage, clock, item, attempts = 12, firstWaitMs = 30_000 } = delivery;
  const { id } = item;
  const instant = clock.now();
  if (thrown instanceof Uncertain) {
    storage.settle({ id, state: 'uncertain', instant, problem: thrown.message });
    return 'uncertain';
  }
  const problem =
    thrown instanceof DeliveryProblem || thrown instanceof AppError
      ? thrown.message
      : `The channel failed: ${nameOf(thrown)}.`;
  const fate = thrown instanceof DeliveryProblem ? thrown.fate : 'refused';
  if (fate === 'refused' || item.attempts + 1 >= attempts) {
    storage.settle({ id, state: 'dead', instant, problem });
    return 'dead';
  }
  const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** item.attempts);
  const asked = thrown instanceof DeliveryProblem ? (thrown.retryAfterMs ?? 0) : 0;
  storage.delay({ id, dueAt: instant + Math.max(wait, asked), problem, instant, isLost: fate === 'lost' });
  return 'delayed';
}

/**
 * Our own sentences name what is missing and hold no secret; those of foreign errors may quote what was sent, secrets
 * too; their names do not.
 */
const nameOf = (thrown: unknown): string => {
  const { name, code } = thrown as { name?: string; code?: string };
  return [name, code].filter((part) => typeof part === 'string').join(' ') || 'unknown';
};
