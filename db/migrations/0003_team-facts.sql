-- What is known of teams beside their matches. Every row carries the instant from which it could be known (`known_at`):
-- nothing is used for a match whose day began earlier.

CREATE TABLE stadium (
  team_id INTEGER NOT NULL REFERENCES team (id) ON DELETE CASCADE,
  known_at INTEGER NOT NULL,
  name TEXT,
  latitude REAL NOT NULL CHECK (latitude BETWEEN -90 AND 90),
  longitude REAL NOT NULL CHECK (longitude BETWEEN -180 AND 180),
  source TEXT NOT NULL,
  PRIMARY KEY (team_id, known_at)
) STRICT, WITHOUT ROWID;

-- One row a change: who took over.
CREATE TABLE manager (
  team_id INTEGER NOT NULL REFERENCES team (id) ON DELETE CASCADE,
  known_at INTEGER NOT NULL,
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (team_id, known_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE squad_value (
  team_id INTEGER NOT NULL REFERENCES team (id) ON DELETE CASCADE,
  known_at INTEGER NOT NULL,
  million_euros REAL NOT NULL CHECK (million_euros > 0),
  source TEXT NOT NULL,
  PRIMARY KEY (team_id, known_at)
) STRICT, WITHOUT ROWID;

-- A player is out from `known_at` until `back_at` (open while that is not known).
CREATE TABLE absence (
  team_id INTEGER NOT NULL REFERENCES team (id) ON DELETE CASCADE,
  player TEXT NOT NULL,
  known_at INTEGER NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('injury', 'suspension', 'other')),
  is_key INTEGER NOT NULL CHECK (is_key IN (0, 1)),
  back_at INTEGER CHECK (back_at > known_at),
  source TEXT NOT NULL,
  PRIMARY KEY (team_id, player, known_at)
) STRICT, WITHOUT ROWID;

-- `known_at` is when the item was first seen here, whatever day it bears.
CREATE TABLE news_item (
  id INTEGER PRIMARY KEY,
  team_id INTEGER NOT NULL REFERENCES team (id) ON DELETE CASCADE,
  source TEXT NOT NULL,
  guid TEXT NOT NULL,
  address TEXT,
  published_at INTEGER,
  known_at INTEGER NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('en', 'ru')),
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (team_id, source, guid)
) STRICT;

-- What a scorer made of an item, and when; NULL where the item says nothing of it.
CREATE TABLE news_score (
  news_item_id INTEGER NOT NULL REFERENCES news_item (id) ON DELETE CASCADE,
  scorer TEXT NOT NULL,
  known_at INTEGER NOT NULL,
  sentiment REAL CHECK (sentiment BETWEEN -1 AND 1),
  injury_severity REAL CHECK (injury_severity BETWEEN 0 AND 1),
  manager_confidence REAL CHECK (manager_confidence BETWEEN -1 AND 1),
  PRIMARY KEY (news_item_id, scorer)
) STRICT, WITHOUT ROWID;

-- Bytes of one number of this set's vectors: 8 for doubles, 4 where single precision is enough.
ALTER TABLE feature_set ADD COLUMN value_bytes INTEGER NOT NULL DEFAULT 8 CHECK (value_bytes IN (4, 8));
