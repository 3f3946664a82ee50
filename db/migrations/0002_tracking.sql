-- Experiments, tuning studies and the registry of models. Instants are UTC epoch milliseconds.

CREATE TABLE experiment (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL
) STRICT;

-- One training, evaluation or trial. uid names it beyond this database: a server that is sent it twice can tell.
CREATE TABLE experiment_run (
  id INTEGER PRIMARY KEY,
  experiment_id INTEGER NOT NULL REFERENCES experiment (id) ON DELETE CASCADE,
  run_id INTEGER REFERENCES run (id) ON DELETE SET NULL,
  uid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  family TEXT,
  championship_id INTEGER REFERENCES championship (id),
  parameters TEXT NOT NULL DEFAULT '{}',
  data_hash TEXT,
  seed INTEGER,
  code_version TEXT NOT NULL,
  machine TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'cancelled', 'interrupted')),
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  error_code TEXT,
  error_message TEXT,
  CHECK ((state = 'running') = (finished_at IS NULL))
) STRICT;
CREATE INDEX experiment_run_by_experiment ON experiment_run (experiment_id, id);
CREATE INDEX experiment_run_by_run ON experiment_run (run_id);
CREATE INDEX experiment_run_by_state ON experiment_run (state);

CREATE TABLE experiment_tag (
  experiment_run_id INTEGER NOT NULL REFERENCES experiment_run (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (experiment_run_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX experiment_tag_by_value ON experiment_tag (key, value);

-- value is null where the number was NaN, which SQLite does not hold.
CREATE TABLE experiment_metric (
  experiment_run_id INTEGER NOT NULL REFERENCES experiment_run (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  step INTEGER NOT NULL,
  value REAL,
  instant INTEGER NOT NULL,
  PRIMARY KEY (experiment_run_id, key, step)
) STRICT, WITHOUT ROWID;
CREATE INDEX experiment_metric_by_value ON experiment_metric (key, value);

CREATE TABLE experiment_artefact (
  id INTEGER PRIMARY KEY,
  experiment_run_id INTEGER NOT NULL REFERENCES experiment_run (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  content BLOB,
  path TEXT,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  CHECK ((content IS NULL) <> (path IS NULL)),
  UNIQUE (experiment_run_id, name)
) STRICT;

-- A version stands for one family as trained on one state of the data; championship_id is null for a pooled one.
CREATE TABLE model_version (
  id INTEGER PRIMARY KEY,
  championship_id INTEGER REFERENCES championship (id),
  family TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1),
  experiment_run_id INTEGER REFERENCES experiment_run (id) ON DELETE SET NULL,
  artefact_id INTEGER REFERENCES experiment_artefact (id) ON DELETE SET NULL,
  parameters TEXT NOT NULL,
  -- Figures and the days they were measured on.
  evaluation TEXT NOT NULL,
  evaluated_from TEXT,
  evaluated_until TEXT,
  -- How many trials of a study its parameters won against; 0 where they were not tuned.
  trials INTEGER NOT NULL DEFAULT 0,
  data_hash TEXT NOT NULL,
  seed INTEGER NOT NULL,
  code_version TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX model_version_number ON model_version (coalesce(championship_id, 0), family, version);
CREATE UNIQUE INDEX model_version_identity ON model_version (coalesce(championship_id, 0), family, data_hash);
CREATE INDEX model_version_by_experiment_run ON model_version (experiment_run_id);
CREATE INDEX model_version_by_artefact ON model_version (artefact_id);

CREATE TABLE model_version_model (
  model_version_id INTEGER NOT NULL REFERENCES model_version (id) ON DELETE CASCADE,
  model_id INTEGER NOT NULL REFERENCES model (id),
  PRIMARY KEY (model_version_id, model_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX model_version_model_by_model ON model_version_model (model_id);

-- What the gate said, refusals too.
CREATE TABLE promotion (
  id INTEGER PRIMARY KEY,
  championship_id INTEGER REFERENCES championship (id),
  challenger_id INTEGER NOT NULL REFERENCES model_version (id),
  champion_id INTEGER REFERENCES model_version (id),
  instant INTEGER NOT NULL,
  promoted INTEGER NOT NULL CHECK (promoted IN (0, 1)),
  decision TEXT NOT NULL
) STRICT;
CREATE INDEX promotion_by_challenger ON promotion (challenger_id, id);

-- Who was champion or challenger since when: the newest row holds, the others are history. A row without a version
-- takes the name away. previous_id is the row that a rollback goes back to.
CREATE TABLE model_alias (
  id INTEGER PRIMARY KEY,
  championship_id INTEGER REFERENCES championship (id),
  alias TEXT NOT NULL CHECK (alias IN ('champion', 'challenger')),
  model_version_id INTEGER REFERENCES model_version (id),
  since INTEGER NOT NULL,
  reason TEXT NOT NULL,
  previous_id INTEGER REFERENCES model_alias (id),
  promotion_id INTEGER REFERENCES promotion (id),
  CHECK (previous_id < id)
) STRICT;
CREATE INDEX model_alias_newest ON model_alias (coalesce(championship_id, 0), alias, id);
CREATE TRIGGER model_alias_is_history BEFORE UPDATE ON model_alias
BEGIN SELECT raise(ABORT, 'who was champion when is history: add a row'); END;
CREATE TRIGGER promotion_is_history BEFORE UPDATE ON promotion
BEGIN SELECT raise(ABORT, 'what the gate said is history: add a row'); END;

CREATE TABLE study (
  id INTEGER PRIMARY KEY,
  experiment_id INTEGER REFERENCES experiment (id) ON DELETE SET NULL,
  name TEXT NOT NULL UNIQUE,
  family TEXT NOT NULL,
  championship_id INTEGER REFERENCES championship (id),
  -- Sampler, pruner, number of trials and whatever else decides its course.
  parameters TEXT NOT NULL,
  space TEXT NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('minimise', 'maximise')),
  seed INTEGER NOT NULL,
  data_hash TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'cancelled')),
  created_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;
CREATE INDEX study_by_experiment ON study (experiment_id);

CREATE TABLE trial (
  id INTEGER PRIMARY KEY,
  study_id INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK (number >= 0),
  experiment_run_id INTEGER REFERENCES experiment_run (id) ON DELETE SET NULL,
  parameters TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'complete', 'pruned', 'failed')),
  value REAL,
  error_message TEXT,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  CHECK (state <> 'complete' OR value IS NOT NULL),
  UNIQUE (study_id, number)
) STRICT;
CREATE INDEX trial_by_experiment_run ON trial (experiment_run_id);

CREATE TABLE trial_value (
  trial_id INTEGER NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  value REAL,
  PRIMARY KEY (trial_id, step)
) STRICT, WITHOUT ROWID;

-- What an outer tracking server is still to be told, in order. A refused call stays, with the reason.
CREATE TABLE tracking_call (
  id INTEGER PRIMARY KEY,
  experiment_run_id INTEGER NOT NULL REFERENCES experiment_run (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('start', 'log', 'artefact', 'end')),
  payload TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sent', 'refused')),
  -- Counted before each try: above 0 the server may have it already.
  attempts INTEGER NOT NULL DEFAULT 0,
  problem TEXT,
  queued_at INTEGER NOT NULL,
  settled_at INTEGER
) STRICT;
CREATE INDEX tracking_call_pending ON tracking_call (id) WHERE state = 'pending';
CREATE INDEX tracking_call_by_run ON tracking_call (experiment_run_id);

-- What the server calls our runs and experiments.
CREATE TABLE tracking_name (
  address TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('experiment', 'run')),
  local_id INTEGER NOT NULL,
  remote_id TEXT NOT NULL,
  artefact_root TEXT,
  PRIMARY KEY (address, kind, local_id)
) STRICT, WITHOUT ROWID;
