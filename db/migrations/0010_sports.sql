-- Clubs of two sports may bear one name in one country, so a source's names are told apart by sport too.
CREATE TABLE team_alias_by_sport (
  id INTEGER PRIMARY KEY,
  team_id INTEGER NOT NULL REFERENCES team (id) ON DELETE CASCADE,
  source TEXT NOT NULL,
  sport_id INTEGER NOT NULL REFERENCES sport (id),
  country_id INTEGER NOT NULL REFERENCES country (id),
  name TEXT NOT NULL,
  UNIQUE (source, sport_id, country_id, name)
) STRICT;
INSERT INTO team_alias_by_sport (id, team_id, source, sport_id, country_id, name)
  SELECT a.id, a.team_id, a.source, t.sport_id, a.country_id, a.name FROM team_alias a JOIN team t ON t.id = a.team_id;
DROP TABLE team_alias;
ALTER TABLE team_alias_by_sport RENAME TO team_alias;

CREATE TABLE team_unresolved_by_sport (
  source TEXT NOT NULL,
  sport_id INTEGER NOT NULL REFERENCES sport (id),
  country_id INTEGER NOT NULL REFERENCES country (id),
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  suggestions TEXT NOT NULL,
  PRIMARY KEY (source, sport_id, country_id, name)
) STRICT, WITHOUT ROWID;
INSERT INTO team_unresolved_by_sport (source, sport_id, country_id, name, address, suggestions)
  SELECT u.source, s.id, u.country_id, u.name, u.address, u.suggestions
  FROM team_unresolved u JOIN sport s ON s.code = 'football';
DROP TABLE team_unresolved;
ALTER TABLE team_unresolved_by_sport RENAME TO team_unresolved;
