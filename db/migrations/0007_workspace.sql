-- What the screens keep for the analyst: saved views, drafts of forms, layout, and the inverse of each change.
CREATE TABLE workspace_item (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL CHECK (json_valid(value)),
  changed_at INTEGER NOT NULL,
  deleted_at INTEGER,
  PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;
