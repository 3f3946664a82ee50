-- Where documents go, what waits to go there, and what became of it. Instants are UTC epoch milliseconds.

-- settings is JSON without secrets: those stand in the secret store under the channel's name.
CREATE TABLE channel (
  name TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  settings TEXT NOT NULL,
  is_enabled INTEGER NOT NULL DEFAULT 1 CHECK (is_enabled IN (0, 1)),
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One row a document and channel, for ever: a document that was sent is never queued a second time. A changed one is
-- a new revision of its row. payload is null once the row is sent.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  channel TEXT NOT NULL REFERENCES channel (name) ON DELETE CASCADE,
  document TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1 CHECK (revision >= 1),
  payload TEXT,
  state TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'uncertain', 'dead')),
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  settled_at INTEGER,
  problem TEXT,
  CHECK ((state = 'sent') = (payload IS NULL)),
  UNIQUE (channel, document)
) STRICT;
CREATE INDEX outbox_by_state ON outbox (state, due_at, id);

-- What a channel takes separately: a recipient, a post of a longer text. "begun" is written before the network is
-- touched, so that after a crash the row tells that the part may have arrived.
CREATE TABLE outbox_part (
  outbox_id INTEGER NOT NULL REFERENCES outbox (id) ON DELETE CASCADE,
  part TEXT NOT NULL,
  revision INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('begun', 'arrived')),
  remote_id TEXT,
  instant INTEGER NOT NULL,
  PRIMARY KEY (outbox_id, part)
) STRICT, WITHOUT ROWID;

-- The delivery log.
CREATE TABLE delivery (
  id INTEGER PRIMARY KEY,
  outbox_id INTEGER NOT NULL REFERENCES outbox (id) ON DELETE CASCADE,
  part TEXT,
  instant INTEGER NOT NULL,
  event TEXT NOT NULL CHECK (event IN ('arrived', 'found', 'delayed', 'lost', 'uncertain', 'dead', 'revived')),
  detail TEXT
) STRICT;
CREATE INDEX delivery_by_outbox ON delivery (outbox_id, id);
