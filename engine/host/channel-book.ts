import { listChannels } from '../../db/queries/outbox.ts';
import type { Channel } from '../channels/channel.ts';
import { createOutbox, type Outbox } from '../channels/outbox.ts';
import { openChannel } from '../channels/registry.ts';
import { AppError } from '../contract/errors.ts';
import type { EngineContext } from './engine-host.ts';

/** Channels that stay on this machine. */
const localKinds: ReadonlySet<string> = new Set(['folder', 'site', 'eml']);

export const isLocalKind = (kind: string): boolean => localKinds.has(kind);

export interface BookedChannel {
  readonly name: string;
  readonly kind: string;
  readonly settings: Record<string, unknown>;
}

/** The channels of the database. */
export function readChannels(context: EngineContext): BookedChannel[] {
  return listChannels(context.reader()).map(({ name, kind, settings }) => ({
    name,
    kind,
    settings: JSON.parse(settings) as Record<string, unknown>,
  }));
}

/** Those that documents may be sent to now; the others keep theirs waiting. */
export function reachableChannels(context: EngineContext): BookedChannel[] {
  const isOffline = context.settings().get('network.offline');
  return readChannels(context).filter(({ kind }) => !isOffline || isLocalKind(kind));
}

/** @throws AppError `NOT_FOUND` */
export function channelOf(context: EngineContext, name: string): Channel {
  const row = readChannels(context).find((channel) => channel.name === name);
  if (!row) throw new AppError('NOT_FOUND', `There is no channel ${name}.`, { detail: { name } });
  return openChannel(row, { secretStore: context.secrets(), clock: context.clock });
}

/** The outbox with the channels that can be reached now. */
export function outboxOf(context: EngineContext): Outbox {
  const means = { secretStore: context.secrets(), clock: context.clock };
  const opened = reachableChannels(context).map((row) => [row.name, openChannel(row, means)] as const);
  return createOutbox({ database: context.writer(), clock: context.clock, channels: new Map(opened) });
}

/** Sends what waits in the outbox and is due. */
export function deliverDue(context: EngineContext, signal: AbortSignal): Promise<unknown> {
  return outboxOf(context).deliver(signal);
}
