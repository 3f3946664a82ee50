import type { Database } from '../client.ts';

/** Figures of the status bar. */
export function readStatus({ sqlite }: Database): {
  matches: number;
  refreshedAt: number | null;
  databaseBytes: number;
} {
  const pages = sqlite.pragma('page_count', { simple: true }) as number;
  const pageBytes = sqlite.pragma('page_size', { simple: true }) as number;
  return {
    matches: sqlite.prepare<[], number>('SELECT count(*) FROM match').pluck().get() ?? 0,
    refreshedAt:
      sqlite
        .prepare<[], number | null>(
          `SELECT max(finished_at) FROM run WHERE stage = 'getting' AND state = 'done'`,
        )
        .pluck()
        .get() ?? null,
    databaseBytes: pages * pageBytes,
  };
}
