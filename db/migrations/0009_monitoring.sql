-- What was watched: a report a day (the newest of a day stands), and what was found out of bounds.
CREATE TABLE monitoring_report (
  day TEXT PRIMARY KEY CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  run_id INTEGER REFERENCES run (id) ON DELETE SET NULL,
  made_at INTEGER NOT NULL,
  report TEXT NOT NULL CHECK (json_valid(report))
) STRICT, WITHOUT ROWID;
CREATE INDEX monitoring_report_by_run ON monitoring_report (run_id);

CREATE TABLE alert (
  id INTEGER PRIMARY KEY,
  rule TEXT NOT NULL,
  -- What it is about: a championship's code, a source, a stage; the rule says which.
  subject TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('warning', 'critical')),
  raised_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  cleared_at INTEGER,
  acknowledged_at INTEGER,
  -- Reports in a row in which the figure was back within its lower bound.
  calm INTEGER NOT NULL DEFAULT 0,
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  CHECK (seen_at >= raised_at)
) STRICT;
-- Of a rule and a subject there is at most one open alert.
CREATE UNIQUE INDEX alert_open ON alert (rule, subject) WHERE cleared_at IS NULL;
CREATE INDEX alert_by_time ON alert (raised_at);
