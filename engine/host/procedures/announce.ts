import type { EngineContext } from '../engine-host.ts';

/**
 * A context that notices whether a procedure changed anything: it asked for the writing connection, and rows changed
 * while it was at it.
 */
export function noticeChanges(context: EngineContext): {
  readonly watched: Pick<EngineContext, 'writer'>;
  /** Tells the screens, if there is something to tell. */
  announce(group: string): void;
} {
  let before: number | undefined;
  return {
    watched: {
      writer: () => {
        const database = context.writer();
        before ??= changesOf(database);
        return database;
      },
    },
    announce(group) {
      if (before === undefined) return;
      const database = context.writer();
      if (changesOf(database) !== before) context.events.emit({ kind: 'changed', group });
    },
  };
}

function changesOf({ sqlite }: ReturnType<EngineContext['writer']>): number {
  return sqlite.prepare<[], number>('SELECT total_changes()').pluck().get() ?? 0;
}
