-- Each sport has a place of its own over all its championships, numbers of its own for the versions of a family, and
-- its own rules of selection. Until now the pooled place was football's, and ice hockey's champion stood in every one of
-- its championships.
ALTER TABLE model_version ADD COLUMN sport TEXT NOT NULL DEFAULT 'football';
ALTER TABLE promotion ADD COLUMN sport TEXT NOT NULL DEFAULT 'football';
ALTER TABLE model_alias ADD COLUMN sport TEXT NOT NULL DEFAULT 'football';
ALTER TABLE selection_rule ADD COLUMN sport TEXT NOT NULL DEFAULT 'football';
ALTER TABLE selection_family ADD COLUMN sport TEXT NOT NULL DEFAULT 'football';

-- A version is of the sport that its models forecast.
UPDATE model_version SET sport = coalesce(
  (SELECT sport.code FROM championship JOIN sport ON sport.id = championship.sport_id
   WHERE championship.id = model_version.championship_id),
  (SELECT sport.code FROM model_version_model AS part
   JOIN prediction ON prediction.model_id = part.model_id
   JOIN match ON match.id = prediction.match_id
   JOIN season ON season.id = match.season_id
   JOIN championship ON championship.id = season.championship_id
   JOIN sport ON sport.id = championship.sport_id
   WHERE part.model_version_id = model_version.id LIMIT 1),
  'football');

DROP TRIGGER promotion_is_history;
DROP TRIGGER model_alias_is_history;
UPDATE promotion SET sport = (SELECT sport FROM model_version WHERE id = promotion.challenger_id);
UPDATE model_alias SET sport = coalesce(
  (SELECT sport FROM model_version WHERE id = model_alias.model_version_id),
  (SELECT sport.code FROM championship JOIN sport ON sport.id = championship.sport_id
   WHERE championship.id = model_alias.championship_id),
  'football');
-- What stood in every championship of a sport stands once, over all of them.
DELETE FROM model_alias WHERE sport <> 'football' AND championship_id >
  (SELECT min(other.championship_id) FROM model_alias AS other WHERE other.sport = model_alias.sport);
UPDATE model_alias SET championship_id = NULL WHERE sport <> 'football';
UPDATE promotion SET championship_id = NULL WHERE sport <> 'football';
CREATE TRIGGER model_alias_is_history BEFORE UPDATE ON model_alias
BEGIN SELECT raise(ABORT, 'who was champion when is history: add a row'); END;
CREATE TRIGGER promotion_is_history BEFORE UPDATE ON promotion
BEGIN SELECT raise(ABORT, 'what the gate said is history: add a row'); END;

DROP INDEX model_version_number;
DROP INDEX model_version_identity;
DROP INDEX model_alias_newest;
CREATE UNIQUE INDEX model_version_number ON model_version (coalesce(championship_id, 0), sport, family, version);
CREATE UNIQUE INDEX model_version_identity ON model_version (coalesce(championship_id, 0), sport, family, data_hash);
CREATE INDEX model_alias_newest ON model_alias (coalesce(championship_id, 0), sport, alias, id);

-- A rule is of the sport whose forecasts it selected; a filter that selected none, of its neighbour's in the same run.
UPDATE selection_rule SET sport = coalesce(
  (SELECT sport.code FROM statistic
   JOIN outcome ON outcome.id = statistic.outcome_id
   JOIN match ON match.id = outcome.match_id
   JOIN season ON season.id = match.season_id
   JOIN championship ON championship.id = season.championship_id
   JOIN sport ON sport.id = championship.sport_id
   WHERE statistic.selection_rule_id = selection_rule.id LIMIT 1),
  'football');
CREATE TABLE used_family (id INTEGER PRIMARY KEY, made_at INTEGER NOT NULL, sport TEXT NOT NULL) STRICT;
INSERT INTO used_family (id, made_at, sport)
SELECT family.id, family.made_at, sport.code
FROM (SELECT selection_family_id AS id, min(outcome_id) AS outcome_id FROM outcome_type
      WHERE selection_family_id IS NOT NULL GROUP BY selection_family_id) AS used
JOIN selection_family AS family ON family.id = used.id
JOIN outcome ON outcome.id = used.outcome_id
JOIN match ON match.id = outcome.match_id
JOIN season ON season.id = match.season_id
JOIN championship ON championship.id = season.championship_id
JOIN sport ON sport.id = championship.sport_id;
UPDATE selection_family SET sport = coalesce(
  (SELECT used.sport FROM used_family AS used WHERE used.made_at = selection_family.made_at
   ORDER BY abs(used.id - selection_family.id) LIMIT 1),
  'football');
DROP TABLE used_family;
