-- Matches to come are few among all that were ever played, and every screen asks for them.
CREATE INDEX match_to_come ON match (match_day, kick_off) WHERE status = 'scheduled';
