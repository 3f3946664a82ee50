import { z } from 'zod';
import { base } from './base.ts';
import { languages } from './domain.ts';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'expected small letters, digits and hyphens');
const id = z.number().int().positive();
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a day as YYYY-MM-DD');
const language = z.enum(languages);
const limit = z.number().int().min(1).max(1000).default(50);

const channelSchema = z.object({
  name: z.string(),
  kind: z.string(),
  settings: z.record(z.string(), z.unknown()),
});

const outboxItemSchema = z.object({
  id: z.number().int(),
  channel: z.string(),
  document: z.string(),
  revision: z.number().int(),
  state: z.enum(['pending', 'sent', 'uncertain', 'dead']),
  attempts: z.number().int(),
  dueAt: z.number(),
  createdAt: z.number(),
  settledAt: z.number().nullable(),
  problem: z.string().nullable(),
});

const deliverySchema = z.object({
  channel: z.string(),
  document: z.string(),
  part: z.string().nullable(),
  instant: z.number(),
  event: z.enum(['arrived', 'found', 'delayed', 'lost', 'uncertain', 'dead', 'revived']),
  detail: z.string().nullable(),
});

const counts = z.object({
  sent: z.number().int(),
  delayed: z.number().int(),
  uncertain: z.number().int(),
  dead: z.number().int(),
});

/** Where documents go. Secrets are written and never read back. */
export const channelProcedures = {
  list: base.output(z.array(channelSchema)),
  /** A channel of the same name takes the new settings. */
  put: base
    .input(z.object({ name, kind: z.string(), settings: z.record(z.string(), z.unknown()) }))
    .output(channelSchema),
  remove: base.input(z.object({ name })).output(z.object({ removed: z.boolean() })),
  setSecret: base
    .input(z.object({ name, what: z.string().regex(/^[A-Za-z]{1,40}$/), secret: z.string().min(1) }))
    .output(z.object({ name: z.string() })),
  /** Which secrets are held, by name; what they are stays where it is. */
  secrets: base.output(z.array(z.object({ channel: z.string(), what: z.string() }))),
  removeSecret: base
    .input(z.object({ name, what: z.string().regex(/^[A-Za-z]{1,40}$/) }))
    .output(z.object({ name: z.string() })),
  /** Sends a short message past the outbox. */
  test: base.input(z.object({ name, language })).output(z.object({ parts: z.array(z.string()) })),
  /** What a channel would send of a published document. */
  preview: base
    .input(z.object({ name, kind: z.string(), day, variant: z.string(), language }))
    .output(z.array(z.object({ name: z.string(), mediaType: z.string(), base64: z.string() }))),
  /** Queues what was published for a day, then sends whatever is due. */
  send: base
    .input(
      z.object({
        day: day.optional(),
        /** Kinds of document, such as `outcome`; default all. */
        kinds: z.array(z.string().max(40)).optional(),
      }),
    )
    .output(counts.extend({ queued: z.number().int() })),
  outbox: base.input(z.object({ limit })).output(z.array(outboxItemSchema)),
  log: base.input(z.object({ limit, name: name.optional() })).output(z.array(deliverySchema)),
  /** Sends a dead or uncertain item again. */
  revive: base.input(z.object({ id })).output(z.object({ changed: z.boolean() })),
  /** Sends everything again that a channel's other side refused, such as when its secret was missing. */
  reviveAll: base.input(z.object({ name })).output(z.object({ count: z.number().int() })),
  /** Somebody has seen that it arrived. */
  confirm: base.input(z.object({ id })).output(z.object({ changed: z.boolean() })),
} as const;
