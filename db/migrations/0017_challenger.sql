-- Trainings that drift asked for: the run, and the alerts that were its reasons. What came of it stands with the promotions.
CREATE TABLE challenger (
  run_id INTEGER PRIMARY KEY REFERENCES run (id) ON DELETE CASCADE,
  reasons TEXT NOT NULL CHECK (json_valid(reasons))
) STRICT;
