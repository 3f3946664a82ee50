import type { Database } from '../client.ts';

export interface WorkspaceRow {
  readonly kind: string;
  readonly name: string;
  /** JSON. */
  readonly value: string;
  readonly changedAt: number;
}

const columns = 'kind, name, value, changed_at AS changedAt';

export function workspaceItems({ sqlite }: Database, kind: string): WorkspaceRow[] {
  return sqlite
    .prepare<[string], WorkspaceRow>(
      `SELECT ${columns} FROM workspace_item WHERE kind = ? AND deleted_at IS NULL ORDER BY name`,
    )
    .all(kind);
}

export function workspaceItem(
  { sqlite }: Database,
  { kind, name }: { readonly kind: string; readonly name: string },
): WorkspaceRow | undefined {
  return sqlite
    .prepare<[string, string], WorkspaceRow>(
      `SELECT ${columns} FROM workspace_item WHERE kind = ? AND name = ? AND deleted_at IS NULL`,
    )
    .get(kind, name);
}

export interface EditRow {
  readonly id: number;
  readonly kind: string;
  readonly subject: string;
  /** JSON. */
  readonly inverse: string;
  readonly instant: number;
}

const editColumns = 'id, kind, subject, inverse, instant';

/** The newest edit that stands. */
export function lastEdit({ sqlite }: Database): EditRow | undefined {
  return sqlite
    .prepare<[], EditRow>(`SELECT ${editColumns} FROM edit WHERE is_undone = 0 ORDER BY id DESC LIMIT 1`)
    .get();
}

/** An edit that stands and is the last of its subject. */
export function lastEditOfSubject({ sqlite }: Database, id: number): EditRow | undefined {
  return sqlite
    .prepare<[number], EditRow>(
      `SELECT ${editColumns} FROM edit e WHERE id = ? AND is_undone = 0 AND NOT EXISTS (
         SELECT 1 FROM edit later
         WHERE later.kind = e.kind AND later.subject = e.subject AND later.id > e.id AND later.is_undone = 0)`,
    )
    .get(id);
}

/** The edit that was taken back last: the earliest one that does not stand. */
export function firstUndoneEdit({ sqlite }: Database): EditRow | undefined {
  return sqlite
    .prepare<[], EditRow>(`SELECT ${editColumns} FROM edit WHERE is_undone = 1 ORDER BY id LIMIT 1`)
    .get();
}
