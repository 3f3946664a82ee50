-- The house's first tables. Instants are UTC epoch milliseconds; days are ISO dates of the source's own calendar.

CREATE TABLE sport (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
) STRICT;

CREATE TABLE country (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
) STRICT;

CREATE TABLE championship (
  id INTEGER PRIMARY KEY,
  sport_id INTEGER NOT NULL REFERENCES sport (id),
  country_id INTEGER NOT NULL REFERENCES country (id),
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  tier INTEGER NOT NULL DEFAULT 1,
  zone TEXT NOT NULL,
  season_rule TEXT NOT NULL CHECK (season_rule IN ('autumn-spring', 'calendar')),
  is_sample INTEGER NOT NULL DEFAULT 0 CHECK (is_sample IN (0, 1)),
  -- the first source that brought it: only this one may make new team names
  founding_source TEXT
) STRICT;

CREATE TABLE season (
  id INTEGER PRIMARY KEY,
  championship_id INTEGER NOT NULL REFERENCES championship (id),
  code TEXT NOT NULL,
  first_year INTEGER NOT NULL,
  UNIQUE (championship_id, code)
) STRICT;

CREATE TABLE team (
  id INTEGER PRIMARY KEY,
  sport_id INTEGER NOT NULL REFERENCES sport (id),
  country_id INTEGER NOT NULL REFERENCES country (id),
  name TEXT NOT NULL,
  UNIQUE (sport_id, country_id, name)
) STRICT;

CREATE TABLE team_alias (
  id INTEGER PRIMARY KEY,
  team_id INTEGER NOT NULL REFERENCES team (id) ON DELETE CASCADE,
  source TEXT NOT NULL,
  country_id INTEGER NOT NULL REFERENCES country (id),
  name TEXT NOT NULL,
  UNIQUE (source, country_id, name)
) STRICT;

-- Names of a source that no team bears: each waits for an alias.
CREATE TABLE team_unresolved (
  source TEXT NOT NULL,
  country_id INTEGER NOT NULL REFERENCES country (id),
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  suggestions TEXT NOT NULL,
  PRIMARY KEY (source, country_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE match (
  id INTEGER PRIMARY KEY,
  season_id INTEGER NOT NULL REFERENCES season (id),
  home_team_id INTEGER NOT NULL REFERENCES team (id),
  away_team_id INTEGER NOT NULL REFERENCES team (id),
  match_day TEXT NOT NULL CHECK (match_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  kick_off INTEGER NOT NULL,
  kick_off_precision TEXT NOT NULL CHECK (kick_off_precision IN ('minute', 'day')),
  round TEXT,
  status TEXT NOT NULL CHECK (status IN ('scheduled', 'finished', 'awarded', 'abandoned', 'postponed', 'cancelled')),
  decided_by TEXT CHECK (decided_by IN ('regular', 'extra-time', 'penalties', 'award')),
  home_goals INTEGER CHECK (home_goals BETWEEN 0 AND 99),
  away_goals INTEGER CHECK (away_goals BETWEEN 0 AND 99),
  home_goals_half_time INTEGER,
  away_goals_half_time INTEGER,
  home_goals_extra_time INTEGER,
  away_goals_extra_time INTEGER,
  home_goals_shoot_out INTEGER,
  away_goals_shoot_out INTEGER,
  result_known_at INTEGER,
  source TEXT NOT NULL,
  CHECK (home_team_id <> away_team_id),
  CHECK ((status IN ('finished', 'awarded')) = (home_goals IS NOT NULL)),
  CHECK ((home_goals IS NULL) = (away_goals IS NULL)),
  CHECK ((home_goals IS NULL) = (result_known_at IS NULL)),
  CHECK (result_known_at IS NULL OR result_known_at > kick_off),
  UNIQUE (season_id, home_team_id, away_team_id, match_day)
) STRICT;
CREATE INDEX match_by_day ON match (match_day, kick_off);
CREATE INDEX match_by_home ON match (home_team_id, match_day);
CREATE INDEX match_by_away ON match (away_team_id, match_day);

CREATE TABLE match_statistics (
  match_id INTEGER PRIMARY KEY REFERENCES match (id) ON DELETE CASCADE,
  home_shots INTEGER, away_shots INTEGER,
  home_shots_on_target INTEGER, away_shots_on_target INTEGER,
  home_corners INTEGER, away_corners INTEGER,
  home_fouls INTEGER, away_fouls INTEGER,
  home_yellow_cards INTEGER, away_yellow_cards INTEGER,
  home_red_cards INTEGER, away_red_cards INTEGER,
  home_expected_goals REAL, away_expected_goals REAL
) STRICT;

CREATE TABLE bookmaker (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('bookmaker', 'exchange', 'average', 'best'))
) STRICT;

CREATE TABLE market (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  selections TEXT NOT NULL
) STRICT;
INSERT INTO market (id, code, selections) VALUES
  (1, '1x2', '["home","draw","away"]'),
  (2, 'total', '["over","under"]'),
  (3, 'asian-handicap', '["home","away"]'),
  (4, 'double-chance', '["1x","12","x2"]'),
  (5, 'both-score', '["yes","no"]');

-- One row is one look at one bookmaker's market: its instant and the prices of its selections.
-- phase: 1 opening, 2 pre-match, 3 closing. line is 0 where the market has none.
CREATE TABLE odds_quote (
  match_id INTEGER NOT NULL REFERENCES match (id) ON DELETE CASCADE,
  market_id INTEGER NOT NULL REFERENCES market (id),
  bookmaker_id INTEGER NOT NULL REFERENCES bookmaker (id),
  line REAL NOT NULL DEFAULT 0,
  phase INTEGER NOT NULL CHECK (phase IN (1, 2, 3)),
  instant INTEGER NOT NULL,
  price_1 REAL NOT NULL CHECK (price_1 > 1),
  price_2 REAL NOT NULL CHECK (price_2 > 1),
  price_3 REAL CHECK (price_3 > 1),
  PRIMARY KEY (match_id, market_id, bookmaker_id, line, phase, instant)
) STRICT, WITHOUT ROWID;

-- The table as it stood before each match: side 1 is the home team's line, side 2 the away team's.
CREATE TABLE standings (
  match_id INTEGER NOT NULL REFERENCES match (id) ON DELETE CASCADE,
  side INTEGER NOT NULL CHECK (side IN (1, 2)),
  position INTEGER NOT NULL,
  played INTEGER NOT NULL, won INTEGER NOT NULL, drawn INTEGER NOT NULL, lost INTEGER NOT NULL,
  goals_for INTEGER NOT NULL, goals_against INTEGER NOT NULL, points INTEGER NOT NULL,
  home_played INTEGER NOT NULL, home_won INTEGER NOT NULL, home_drawn INTEGER NOT NULL, home_lost INTEGER NOT NULL,
  home_goals_for INTEGER NOT NULL, home_goals_against INTEGER NOT NULL, home_points INTEGER NOT NULL,
  away_played INTEGER NOT NULL, away_won INTEGER NOT NULL, away_drawn INTEGER NOT NULL, away_lost INTEGER NOT NULL,
  away_goals_for INTEGER NOT NULL, away_goals_against INTEGER NOT NULL, away_points INTEGER NOT NULL,
  PRIMARY KEY (match_id, side)
) STRICT, WITHOUT ROWID;

CREATE TABLE feature_set (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  names TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE
) STRICT;

-- "values" is a little-endian Float64 vector in the order of feature_set.names; NaN is missing.
CREATE TABLE feature (
  match_id INTEGER NOT NULL REFERENCES match (id) ON DELETE CASCADE,
  feature_set_id INTEGER NOT NULL REFERENCES feature_set (id),
  as_of INTEGER NOT NULL,
  hash TEXT NOT NULL,
  vector BLOB NOT NULL,
  PRIMARY KEY (match_id, feature_set_id)
) STRICT;

CREATE TABLE model (
  id INTEGER PRIMARY KEY,
  championship_id INTEGER REFERENCES championship (id),
  family TEXT NOT NULL,
  season_code TEXT NOT NULL,
  feature_set_id INTEGER REFERENCES feature_set (id),
  feature_names TEXT NOT NULL,
  classes TEXT NOT NULL,
  parameters TEXT NOT NULL,
  seed INTEGER NOT NULL,
  trained_at INTEGER NOT NULL,
  train_from TEXT,
  train_until TEXT,
  train_count INTEGER NOT NULL,
  data_hash TEXT NOT NULL,
  payload TEXT NOT NULL,
  checksum TEXT NOT NULL,
  libraries TEXT NOT NULL,
  notes TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE UNIQUE INDEX model_identity ON model (family, season_code, data_hash, coalesce(championship_id, 0));

-- Raw probabilities of one model. origin 'live' was made before kick-off; 'replay' shows what would have been said.
CREATE TABLE prediction (
  id INTEGER PRIMARY KEY,
  match_id INTEGER NOT NULL REFERENCES match (id) ON DELETE CASCADE,
  model_id INTEGER NOT NULL REFERENCES model (id),
  as_of INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('live', 'replay')),
  data_hash TEXT NOT NULL,
  home REAL NOT NULL, draw REAL NOT NULL, away REAL NOT NULL,
  CHECK (abs(home + draw + away - 1) < 1e-6),
  UNIQUE (match_id, model_id, data_hash)
) STRICT;
CREATE INDEX prediction_by_model ON prediction (model_id);

-- A published forecast ("regular"). Never updated: triggers below refuse it.
CREATE TABLE outcome (
  id INTEGER PRIMARY KEY,
  match_id INTEGER NOT NULL REFERENCES match (id) ON DELETE CASCADE,
  prediction_id INTEGER NOT NULL REFERENCES prediction (id),
  model_id INTEGER NOT NULL REFERENCES model (id),
  forecast_type TEXT NOT NULL,
  as_of INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('live', 'replay')),
  data_hash TEXT NOT NULL,
  home REAL NOT NULL, draw REAL NOT NULL, away REAL NOT NULL,
  label TEXT NOT NULL,
  probability REAL NOT NULL,
  temperature REAL,
  calibration_count INTEGER NOT NULL,
  p_value_home REAL, p_value_draw REAL, p_value_away REAL,
  confidence REAL, credibility REAL,
  window_scope TEXT NOT NULL CHECK (window_scope IN ('championship', 'pooled', 'none')),
  window_count INTEGER NOT NULL,
  set_80 INTEGER, set_90 INTEGER,
  price_bookmaker_id INTEGER REFERENCES bookmaker (id),
  price_instant INTEGER,
  price_home REAL, price_draw REAL, price_away REAL,
  CHECK (origin = 'replay' OR made_at >= as_of),
  CHECK (price_instant IS NULL OR price_instant <= as_of),
  UNIQUE (match_id, forecast_type, model_id, data_hash)
) STRICT;
-- Removing a match removes its predictions; without this each of them would search all outcomes.
CREATE INDEX outcome_by_prediction ON outcome (prediction_id);
CREATE TRIGGER outcome_is_immutable BEFORE UPDATE ON outcome
BEGIN SELECT raise(ABORT, 'a forecast is immutable: make a new one'); END;
CREATE TRIGGER prediction_is_immutable BEFORE UPDATE ON prediction
BEGIN SELECT raise(ABORT, 'a prediction is immutable: make a new one'); END;

CREATE TABLE selection_rule (
  id INTEGER PRIMARY KEY,
  championship_id INTEGER REFERENCES championship (id),
  forecast_type TEXT NOT NULL,
  target REAL NOT NULL,
  delta REAL NOT NULL,
  threshold REAL NOT NULL,
  record_count INTEGER NOT NULL,
  record_hits INTEGER NOT NULL,
  bound REAL NOT NULL,
  record_from TEXT NOT NULL,
  record_until TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  data_hash TEXT NOT NULL,
  UNIQUE (forecast_type, target, delta, data_hash)
) STRICT;

-- A selected forecast ("quality") with the record it rests on.
CREATE TABLE statistic (
  id INTEGER PRIMARY KEY,
  outcome_id INTEGER NOT NULL UNIQUE REFERENCES outcome (id) ON DELETE CASCADE,
  selection_rule_id INTEGER NOT NULL REFERENCES selection_rule (id),
  made_at INTEGER NOT NULL,
  since_count INTEGER NOT NULL,
  since_hits INTEGER NOT NULL
) STRICT;

CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('forecast', 'outcome')),
  day TEXT NOT NULL,
  variant TEXT NOT NULL CHECK (variant IN ('regular', 'quality')),
  language TEXT NOT NULL,
  format TEXT NOT NULL,
  path TEXT NOT NULL UNIQUE,
  sha256 TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT;

CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  parent_id INTEGER REFERENCES run (id),
  stage TEXT NOT NULL,
  parameters TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
  -- the instant every row of this run is stamped with, so that a resumed run writes what an unbroken one would
  instant INTEGER NOT NULL,
  today TEXT NOT NULL,
  phase TEXT,
  items_total INTEGER NOT NULL DEFAULT 0,
  items_done INTEGER NOT NULL DEFAULT 0,
  items_failed INTEGER NOT NULL DEFAULT 0,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  error_code TEXT,
  error_message TEXT,
  result TEXT
) STRICT;
CREATE INDEX run_by_parent ON run (parent_id);

CREATE TABLE run_item (
  run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('done', 'failed', 'cancelled')),
  duration_ms REAL NOT NULL,
  error_code TEXT,
  error_message TEXT,
  result TEXT,
  PRIMARY KEY (run_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_log (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  instant INTEGER NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('info', 'warn', 'error')),
  code TEXT,
  message TEXT NOT NULL,
  detail TEXT
) STRICT;
CREATE INDEX run_log_by_run ON run_log (run_id, id);

-- What was last read from each address or file: conditional requests and "nothing changed" rest on it.
CREATE TABLE source_file (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  address TEXT NOT NULL,
  etag TEXT,
  last_modified TEXT,
  sha256 TEXT NOT NULL,
  parser_version INTEGER NOT NULL,
  read_at INTEGER NOT NULL,
  report TEXT NOT NULL,
  UNIQUE (source, address)
) STRICT;

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
