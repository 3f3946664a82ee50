-- Tasks that run by themselves, and every occasion on which one was due.
CREATE TABLE schedule_task (
  name TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  cron TEXT NOT NULL,
  parameters TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(parameters)),
  enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1))
) STRICT, WITHOUT ROWID;
