import type { Database } from '../client.ts';

/** Stores a setting's value as JSON text; null goes back to the default. */
export function putSetting(
  { sqlite }: Database,
  { key, value, updatedAt }: { key: string; value: string | null; updatedAt: number },
): void {
  if (value === null) {
    sqlite.prepare('DELETE FROM setting WHERE key = ?').run(key);
    return;
  }
  sqlite
    .prepare(
      `INSERT INTO setting (key, value, updated_at) VALUES (?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
       WHERE value <> excluded.value`,
    )
    .run(key, value, updatedAt);
}
