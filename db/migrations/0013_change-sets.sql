-- What an import or another large change did to the data, row by row, so that all of it can be taken back.
CREATE TABLE change_set (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('import', 'merge')),
  -- what was changed, in the analyst's words: the name of a file, of a team
  subject TEXT NOT NULL,
  run_id INTEGER REFERENCES run (id) ON DELETE SET NULL,
  -- 'open' while it is being written; only a finished one can be taken back
  state TEXT NOT NULL CHECK (state IN ('open', 'done', 'undone')),
  -- matches that are newer than this came with the set: what hangs on them goes with them
  last_match_id INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  undone_at INTEGER
) STRICT;

CREATE TABLE change (
  id INTEGER PRIMARY KEY,
  change_set_id INTEGER NOT NULL REFERENCES change_set (id) ON DELETE CASCADE,
  table_name TEXT NOT NULL,
  operation TEXT NOT NULL CHECK (operation IN ('insert', 'update', 'delete')),
  -- the key of what was inserted, else the row as it was; numbers with all their digits, as texts
  row TEXT NOT NULL CHECK (json_valid(row))
) STRICT;
CREATE INDEX change_by_set ON change (change_set_id, id);
