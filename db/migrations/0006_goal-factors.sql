-- Each side's intensity has a factor of its own; a grid is that of the goal prediction's intensities times these.
ALTER TABLE outcome RENAME COLUMN goal_factor TO home_goal_factor;
ALTER TABLE outcome ADD COLUMN away_goal_factor REAL;
-- The forecasts made while one factor held for both sides.
DROP TRIGGER outcome_is_immutable;
UPDATE outcome SET away_goal_factor = home_goal_factor;
CREATE TRIGGER outcome_is_immutable BEFORE UPDATE ON outcome
BEGIN SELECT raise(ABORT, 'a forecast is immutable: make a new one'); END;
