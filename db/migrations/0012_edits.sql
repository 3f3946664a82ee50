-- What the analyst changed by hand, each with the change that takes it back; the newest few hundred stay.
CREATE TABLE edit (
  id INTEGER PRIMARY KEY,
  -- What was changed, in the words of the list of edits: setting, item, channel.
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  -- The change that is to be made next: of an edit that stands the one that takes it back, of one that was taken back
  -- the one that makes it again.
  inverse TEXT NOT NULL CHECK (json_valid(inverse)),
  is_undone INTEGER NOT NULL DEFAULT 0 CHECK (is_undone IN (0, 1)),
  instant INTEGER NOT NULL
) STRICT;

-- Every call to another machine: to whom, what for, and what came of it. Never what was said.
CREATE TABLE outgoing_call (
  id INTEGER PRIMARY KEY,
  instant INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  method TEXT NOT NULL,
  host TEXT NOT NULL,
  outcome TEXT NOT NULL,
  bytes INTEGER,
  duration_ms REAL NOT NULL
) STRICT;
CREATE INDEX outgoing_call_by_host ON outgoing_call (host, instant);
