-- One joint forecast a match: a grid of scores, and what each forecast type says by it.

-- A goal model's raw intensities. With the law's name and its own parameters they make the grid again, to the bit.
CREATE TABLE goal_prediction (
  id INTEGER PRIMARY KEY,
  match_id INTEGER NOT NULL REFERENCES match (id) ON DELETE CASCADE,
  model_id INTEGER NOT NULL REFERENCES model (id),
  as_of INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('live', 'replay')),
  data_hash TEXT NOT NULL,
  law TEXT NOT NULL,
  home_intensity REAL NOT NULL CHECK (home_intensity > 0),
  away_intensity REAL NOT NULL CHECK (away_intensity > 0),
  -- JSON array of the law's own parameters, in its order
  extras TEXT NOT NULL,
  UNIQUE (match_id, model_id, data_hash)
) STRICT;
CREATE INDEX goal_prediction_by_model ON goal_prediction (model_id);
CREATE TRIGGER goal_prediction_is_immutable BEFORE UPDATE ON goal_prediction
BEGIN SELECT raise(ABORT, 'a prediction is immutable: make a new one'); END;

-- The grid of a forecast: that of these intensities times the factor, reconciled with the outcome's home, draw and away.
-- Null where no goal model had enough matches to learn from.
ALTER TABLE outcome ADD COLUMN goal_prediction_id INTEGER REFERENCES goal_prediction (id);
-- what came of earlier expectations, and the settled matches behind that
ALTER TABLE outcome ADD COLUMN goal_factor REAL;
ALTER TABLE outcome ADD COLUMN goal_level_count INTEGER;
CREATE INDEX outcome_by_goal_prediction ON outcome (goal_prediction_id);

-- A filter of one selection year: the forecasts of a type that name one label. All filters of a year are tested together,
-- the failed ones kept too: what was tried belongs to the promise.
CREATE TABLE selection_family (
  id INTEGER PRIMARY KEY,
  forecast_type TEXT NOT NULL,
  label TEXT NOT NULL,
  applies_from TEXT NOT NULL,
  applies_until TEXT NOT NULL,
  target REAL NOT NULL,
  delta REAL NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('selected', 'target-not-reached', 'not-enough-history')),
  -- filters that shared delta, and thresholds looked at in this one
  families INTEGER NOT NULL,
  tried INTEGER NOT NULL,
  record_from TEXT,
  record_until TEXT,
  record_count INTEGER NOT NULL,
  threshold REAL,
  selected_count INTEGER,
  selected_hits INTEGER,
  bound REAL,
  -- what taking past hit rates at face value would have chosen, and promised
  naive_threshold REAL,
  naive_count INTEGER,
  naive_hits INTEGER,
  made_at INTEGER NOT NULL,
  data_hash TEXT NOT NULL,
  CHECK ((status = 'selected') = (threshold IS NOT NULL)),
  UNIQUE (forecast_type, label, target, delta, data_hash)
) STRICT;

-- What a forecast says of the other types of its match. Never updated.
CREATE TABLE outcome_type (
  outcome_id INTEGER NOT NULL REFERENCES outcome (id) ON DELETE CASCADE,
  type_code INTEGER NOT NULL CHECK (type_code BETWEEN 2 AND 10),
  forecast_type TEXT NOT NULL,
  line REAL,
  -- the likelier of the two selections
  label TEXT NOT NULL,
  probability REAL NOT NULL CHECK (probability BETWEEN 0 AND 1),
  -- of yes and no, or of over and under
  p_value_first REAL, p_value_second REAL,
  confidence REAL, credibility REAL,
  window_scope TEXT NOT NULL CHECK (window_scope IN ('championship', 'pooled', 'none')),
  window_count INTEGER NOT NULL,
  set_80 INTEGER, set_90 INTEGER,
  -- amounts: goals; both ends belong to an interval
  expected REAL,
  low_80 INTEGER, high_80 INTEGER,
  low_90 INTEGER, high_90 INTEGER,
  -- the filter that selected it, and what had come of its selections by then
  selection_family_id INTEGER REFERENCES selection_family (id),
  since_count INTEGER,
  since_hits INTEGER,
  PRIMARY KEY (outcome_id, type_code)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER outcome_type_is_immutable BEFORE UPDATE ON outcome_type
BEGIN SELECT raise(ABORT, 'a forecast is immutable: make a new one'); END;
