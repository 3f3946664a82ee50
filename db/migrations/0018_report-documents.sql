-- Reports are documents like those of a day, so their kinds are let in. A check cannot be changed in place: the table is
-- made anew with the same rows and numbers.
CREATE TABLE document_with_reports (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('forecast', 'outcome', 'digest', 'all-time', 'model-card', 'evaluation')),
  day TEXT NOT NULL,
  variant TEXT NOT NULL CHECK (variant IN ('regular', 'quality')),
  language TEXT NOT NULL,
  format TEXT NOT NULL,
  path TEXT NOT NULL UNIQUE,
  sha256 TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT;
INSERT INTO document_with_reports (id, kind, day, variant, language, format, path, sha256, made_at)
SELECT id, kind, day, variant, language, format, path, sha256, made_at FROM document;
DROP TABLE document;
ALTER TABLE document_with_reports RENAME TO document;
