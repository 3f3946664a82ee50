-- Results of heavy reading that a screen shows again: one row a question, thrown away when the data have moved on.
CREATE TABLE analysis (
  kind TEXT NOT NULL,
  -- What was asked, as JSON in one fixed order of keys.
  question TEXT NOT NULL CHECK (json_valid(question)),
  -- The last instant at which a run may have changed what the answer rests on.
  data_at INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  answer TEXT NOT NULL CHECK (json_valid(answer)),
  PRIMARY KEY (kind, question)
) STRICT;
CREATE INDEX analysis_by_age ON analysis (kind, made_at);
