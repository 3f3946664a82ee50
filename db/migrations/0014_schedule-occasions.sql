-- Up to when a task's occasions are dealt with: what was due before is neither made up for nor forgotten.
ALTER TABLE schedule_task ADD COLUMN settled_until INTEGER NOT NULL DEFAULT 0;

-- Every occasion on which a task was started, by its time or by hand.
CREATE TABLE schedule_occasion (
  id INTEGER PRIMARY KEY,
  task TEXT NOT NULL,
  kind TEXT NOT NULL,
  -- When it was due by its cron expression; the instant itself where it was started by hand.
  due_at INTEGER NOT NULL,
  by_hand INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1)),
  -- Earlier occasions that it stands for, because nothing could be started then.
  missed INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'cancelled', 'interrupted')),
  attempts INTEGER NOT NULL DEFAULT 1,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  -- What has been done of it: a list of steps, each with its run.
  steps TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(steps)),
  error_code TEXT,
  error_message TEXT,
  UNIQUE (task, due_at)
) STRICT;

CREATE INDEX schedule_occasion_started ON schedule_occasion (started_at);
