import type { Database } from '../client.ts';

/** Keeps a value (JSON text) under a kind and a name; null removes it, softly. */
export function putWorkspaceItem(
  { sqlite }: Database,
  item: {
    readonly kind: string;
    readonly name: string;
    readonly value: string | null;
    readonly instant: number;
  },
): void {
  const { kind, name, value, instant } = item;
  if (value === null) {
    sqlite
      .prepare('UPDATE workspace_item SET deleted_at = ?, changed_at = ? WHERE kind = ? AND name = ?')
      .run(instant, instant, kind, name);
    return;
  }
  sqlite
    .prepare(
      `INSERT INTO workspace_item (kind, name, value, changed_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (kind, name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at,
         deleted_at = NULL`,
    )
    .run(kind, name, value, instant);
}

/** Notes an edit. What had been taken back cannot be made again after it, and only the newest ones stay. */
export function addEdit(
  { sqlite }: Database,
  edit: {
    readonly kind: string;
    readonly subject: string;
    readonly inverse: string;
    readonly instant: number;
    readonly kept: number;
  },
): number {
  const { kind, subject, inverse, instant, kept } = edit;
  sqlite.prepare('DELETE FROM edit WHERE is_undone = 1').run();
  const id = sqlite
    .prepare('INSERT INTO edit (kind, subject, inverse, instant) VALUES (?, ?, ?, ?)')
    .run(kind, subject, inverse, instant).lastInsertRowid;
  sqlite
    .prepare('DELETE FROM edit WHERE id <= (SELECT id FROM edit ORDER BY id DESC LIMIT 1 OFFSET ?)')
    .run(kept);
  return Number(id);
}

/** An edit was taken back, or made again; `inverse` is the change that goes the other way. */
export function turnEdit(
  { sqlite }: Database,
  turn: { readonly id: number; readonly inverse: string; readonly isUndone: boolean },
): void {
  sqlite
    .prepare('UPDATE edit SET inverse = ?, is_undone = ? WHERE id = ?')
    .run(turn.inverse, turn.isUndone ? 1 : 0, turn.id);
}
