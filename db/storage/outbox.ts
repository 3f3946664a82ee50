import type { Database } from '../client.ts';

export interface NewChannel {
  readonly name: string;
  readonly kind: string;
  /** JSON without secrets. */
  readonly settings: string;
  readonly createdAt: number;
}

export interface NewOutboxItem {
  readonly channel: string;
  readonly document: string;
  readonly sha256: string;
  /** JSON. */
  readonly payload: string;
  readonly instant: number;
  /** When it may be sent at the earliest. */
  readonly dueAt: number;
}

/** What became of queueing: `unchanged` was queued or sent before with this content. */
export type Queued = 'queued' | 'revised' | 'unchanged';

export type DeliveryEvent = 'arrived' | 'found' | 'delayed' | 'lost' | 'uncertain' | 'dead' | 'revived';

export interface OutboxEnd {
  readonly id: number;
  readonly state: 'sent' | 'uncertain' | 'dead';
  readonly instant: number;
  readonly problem: string | null;
}

/** The writes of the outbox. Every one is a transaction of its own: what it says has reached the disk when it returns. */
export interface OutboxStorage {
  putChannel(channel: NewChannel): void;
  removeChannel(name: string): boolean;
  queue(item: NewOutboxItem, options: { readonly canRevise: boolean }): Queued;
  countAttempt(id: number): void;
  /** Before the network is touched. */
  beginPart(at: { id: number; part: string; revision: number; instant: number }): void;
  /** It surely did not arrive. */
  unbeginPart(at: { id: number; part: string }): void;
  arrive(at: { id: number; part: string; instant: number; remoteId: string | null; isFound: boolean }): void;
  delay(at: { id: number; dueAt: number; problem: string; instant: number; isLost: boolean }): void;
  settle(end: OutboxEnd): void;
  /** A dead or uncertain item goes back to the queue; answers whether there was one. */
  revive(id: number, instant: number): boolean;
  /** The same for everything dead of a channel; answers how many. */
  reviveAll(channel: string, instant: number): number;
  /** Somebody looked and says that the begun parts of an uncertain item arrived. */
  confirm(id: number, instant: number): boolean;
}

export function outboxStorage({ sqlite }: Database): OutboxStorage {
  const putChannel = sqlite.prepare(
    `INSERT INTO channel (name, kind, settings, created_at) VALUES (:name, :kind, :settings, :createdAt)
     ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, settings = excluded.settings, is_enabled = 1`,
  );
  // What was sent there is kept: a channel that comes back must not send it a second time.
  const removeChannel = sqlite.prepare('UPDATE channel SET is_enabled = 0 WHERE name = ? AND is_enabled = 1');
  const insert = sqlite.prepare(
    `INSERT INTO outbox (channel, document, sha256, payload, state, due_at, created_at)
     VALUES (:channel, :document, :sha256, :payload, 'pending', :dueAt, :instant)
     ON CONFLICT (channel, document) DO NOTHING`,
  );
  const revise = sqlite.prepare(
    `UPDATE outbox SET sha256 = :sha256, payload = :payload, revision = revision + 1, state = 'pending', attempts = 0,
       due_at = :dueAt, settled_at = NULL, problem = NULL
     WHERE channel = :channel AND document = :document AND sha256 <> :sha256`,
  );
  // What waits and was never tried may still change, whatever the channel.
  const replaceWaiting = sqlite.prepare(
    `UPDATE outbox SET sha256 = :sha256, payload = :payload
     WHERE channel = :channel AND document = :document AND sha256 <> :sha256 AND state = 'pending' AND attempts = 0`,
  );
  const countAttempt = sqlite.prepare('UPDATE outbox SET attempts = attempts + 1 WHERE id = ?');
  const beginPart = sqlite.prepare(
    `INSERT INTO outbox_part (outbox_id, part, revision, state, instant) VALUES (:id, :part, :revision, 'begun', :instant)
     ON CONFLICT (outbox_id, part) DO UPDATE SET revision = excluded.revision, state = 'begun', instant = excluded.instant`,
  );
  // Of an earlier revision that arrived the name that the other side gave it is kept.
  const forgetPart = sqlite.prepare(
    `DELETE FROM outbox_part WHERE outbox_id = :id AND part = :part AND state = 'begun' AND remote_id IS NULL`,
  );
  const arrive = sqlite.prepare(
    `UPDATE outbox_part SET state = 'arrived', remote_id = coalesce(:remoteId, remote_id), instant = :instant
     WHERE outbox_id = :id AND part = :part`,
  );
  const delay = sqlite.prepare('UPDATE outbox SET due_at = :dueAt, problem = :problem WHERE id = :id');
  const settle = sqlite.prepare(
    `UPDATE outbox SET state = :state, settled_at = :instant, problem = :problem,
       payload = CASE :state WHEN 'sent' THEN NULL ELSE payload END
     WHERE id = :id`,
  );
  const revive = sqlite.prepare(
    `UPDATE outbox SET state = 'pending', attempts = 0, due_at = :instant, settled_at = NULL, problem = NULL
     WHERE id = :id AND state IN ('dead', 'uncertain')`,
  );
  const deadOf = sqlite
    .prepare<[string], number>(`SELECT id FROM outbox WHERE channel = ? AND state = 'dead' ORDER BY id`)
    .pluck();
  const forgetBegun = sqlite.prepare(`DELETE FROM outbox_part WHERE outbox_id = ? AND state = 'begun'`);
  const confirmBegun = sqlite.prepare(
    `UPDATE outbox_part SET state = 'arrived' WHERE outbox_id = ? AND state = 'begun'`,
  );
  const isUncertain = sqlite.prepare(`SELECT 1 FROM outbox WHERE id = ? AND state = 'uncertain'`);
  const log = sqlite.prepare(
    `INSERT INTO delivery (outbox_id, part, instant, event, detail) VALUES (:id, :part, :instant, :event, :detail)`,
  );
  const write = (of: {
    id: number;
    instant: number;
    event: DeliveryEvent;
    part?: string;
    detail?: string | null;
  }) => log.run({ part: null, detail: null, ...of });
  const whole = <Value>(work: () => Value): Value => sqlite.transaction(work).immediate();
  const reviveOne = (id: number, instant: number): boolean => {
    if (revive.run({ id, instant }).changes === 0) return false;
    forgetBegun.run(id);
    write({ id, instant, event: 'revived' });
    return true;
  };

  return {
    putChannel: (channel) => void putChannel.run(channel),
    removeChannel: (name) => removeChannel.run(name).changes > 0,
    queue: (item, { canRevise }) =>
      whole(() => {
        if (insert.run(item).changes > 0) return 'queued';
        const { channel, document, sha256, payload, dueAt } = item;
        const changed = { channel, document, sha256, payload };
        const revised = canRevise ? revise.run({ ...changed, dueAt }) : replaceWaiting.run(changed);
        return revised.changes > 0 ? 'revised' : 'unchanged';
      }),
    countAttempt: (id) => void countAttempt.run(id),
    beginPart: (at) => void beginPart.run(at),
    unbeginPart: (at) => void forgetPart.run(at),
    arrive: ({ isFound, ...at }) => {
      whole(() => {
        arrive.run(at);
        const { id, part, instant, remoteId } = at;
        write({ id, part, instant, event: isFound ? 'found' : 'arrived', detail: remoteId });
      });
    },
    delay: ({ id, dueAt, problem, instant, isLost }) => {
      whole(() => {
        delay.run({ id, dueAt, problem });
        write({ id, instant, event: isLost ? 'lost' : 'delayed', detail: problem });
      });
    },
    settle: (end) => {
      whole(() => {
        settle.run(end);
        const { id, instant, state, problem } = end;
        if (state !== 'sent') write({ id, instant, event: state, detail: problem });
      });
    },
    revive: (id, instant) => whole(() => reviveOne(id, instant)),
    reviveAll: (channel, instant) =>
      whole(() => deadOf.all(channel).filter((id) => reviveOne(id, instant)).length),
    confirm: (id, instant) =>
      whole(() => {
        if (!isUncertain.get(id)) return false;
        confirmBegun.run(id);
        revive.run({ id, instant });
        write({ id, instant, event: 'found' });
        return true;
      }),
  };
}
