import type { Database } from '../client.ts';
import type { DeliveryEvent } from '../storage/outbox.ts';

export interface ChannelRow {
  readonly name: string;
  readonly kind: string;
  /** JSON. */
  readonly settings: string;
}

export function listChannels({ sqlite }: Database): ChannelRow[] {
  return sqlite
    .prepare<[], ChannelRow>('SELECT name, kind, settings FROM channel WHERE is_enabled = 1 ORDER BY name')
    .all();
}

/** A channel that is in use. */
export function readChannel({ sqlite }: Database, name: string): ChannelRow | undefined {
  return sqlite
    .prepare<[string], ChannelRow>(
      'SELECT name, kind, settings FROM channel WHERE is_enabled = 1 AND name = ?',
    )
    .get(name);
}

export type OutboxState = 'pending' | 'sent' | 'uncertain' | 'dead';

export interface OutboxItem {
  readonly id: number;
  readonly channel: string;
  readonly document: string;
  readonly revision: number;
  readonly state: OutboxState;
  readonly attempts: number;
  readonly dueAt: number;
  readonly createdAt: number;
  readonly settledAt: number | null;
  readonly problem: string | null;
}

const columns = `id, channel, document, revision, state, attempts, due_at AS dueAt, created_at AS createdAt,
  settled_at AS settledAt, problem`;

/** The oldest item that is due, of the channels given as a JSON array of names; its payload is JSON. */
export function nextDueItem(
  { sqlite }: Database,
  options: { readonly now: number; readonly channels: string },
): (OutboxItem & { readonly payload: string }) | undefined {
  return sqlite
    .prepare<[typeof options], OutboxItem & { payload: string }>(
      `SELECT ${columns}, payload FROM outbox
       WHERE state = 'pending' AND due_at <= :now AND channel IN (SELECT value FROM json_each(:channels))
       ORDER BY due_at, id LIMIT 1`,
    )
    .get(options);
}

/** When the next item that waits is due; undefined where none does. */
export function nextDelivery({ sqlite }: Database): number | undefined {
  return (
    sqlite
      .prepare<[], number | null>(`SELECT min(due_at) FROM outbox WHERE state = 'pending'`)
      .pluck()
      .get() ?? undefined
  );
}

/** Whether a document was ever queued for a channel. */
export function wasQueued(
  { sqlite }: Database,
  item: { readonly channel: string; readonly document: string },
): boolean {
  return (
    sqlite
      .prepare<[typeof item]>('SELECT 1 FROM outbox WHERE channel = :channel AND document = :document')
      .get(item) !== undefined
  );
}

/** Everything in the outbox, newest first. */
export function listOutbox({ sqlite }: Database, options: { readonly limit: number }): OutboxItem[] {
  return sqlite
    .prepare<[number], OutboxItem>(`SELECT ${columns} FROM outbox ORDER BY id DESC LIMIT ?`)
    .all(options.limit);
}

export interface OutboxPart {
  readonly part: string;
  readonly revision: number;
  readonly state: 'begun' | 'arrived';
  readonly remoteId: string | null;
}

export function listOutboxParts({ sqlite }: Database, outboxId: number): OutboxPart[] {
  return sqlite
    .prepare<[number], OutboxPart>(
      `SELECT part, revision, state, remote_id AS remoteId FROM outbox_part WHERE outbox_id = ?`,
    )
    .all(outboxId);
}

/** What the channel called the parts that arrived, newest first. */
export function lastRemoteIds({ sqlite }: Database, channel: string): string[] {
  return sqlite
    .prepare<[string], string>(
      `SELECT p.remote_id FROM outbox_part p JOIN outbox o ON o.id = p.outbox_id
       WHERE o.channel = ? AND p.remote_id IS NOT NULL ORDER BY p.instant DESC LIMIT 200`,
    )
    .pluck()
    .all(channel);
}

export interface DeliveryRow {
  readonly channel: string;
  readonly document: string;
  readonly part: string | null;
  readonly instant: number;
  readonly event: DeliveryEvent;
  readonly detail: string | null;
}

/** The delivery log, newest first. */
export function listDeliveries(
  { sqlite }: Database,
  options: { readonly limit: number; readonly channel?: string | undefined },
): DeliveryRow[] {
  return sqlite
    .prepare<[{ limit: number; channel: string | null }], DeliveryRow>(
      `SELECT o.channel, o.document, d.part, d.instant, d.event, d.detail
       FROM delivery d JOIN outbox o ON o.id = d.outbox_id
       WHERE :channel IS NULL OR o.channel = :channel ORDER BY d.id DESC LIMIT :limit`,
    )
    .all({ limit: options.limit, channel: options.channel ?? null });
}
