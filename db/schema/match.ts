import { integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { season, team } from './reference.ts';

export const match = sqliteTable('match', {
  id: integer('id').primaryKey(),
  seasonId: integer('season_id')
    .notNull()
    .references(() => season.id),
  homeTeamId: integer('home_team_id')
    .notNull()
    .references(() => team.id),
  awayTeamId: integer('away_team_id')
    .notNull()
    .references(() => team.id),
  matchDay: text('match_day').notNull(),
  kickOff: integer('kick_off').notNull(),
  kickOffPrecision: text('kick_off_precision', { enum: ['minute', 'day'] }).notNull(),
  round: text('round'),
  status: text('status', {
    enum: ['scheduled', 'finished', 'awarded', 'abandoned', 'postponed', 'cancelled'],
  }).notNull(),
  decidedBy: text('decided_by', { enum: ['regular', 'extra-time', 'penalties', 'award'] }),
  homeGoals: integer('home_goals'),
  awayGoals: integer('away_goals'),
  homeGoalsHalfTime: integer('home_goals_half_time'),
  awayGoalsHalfTime: integer('away_goals_half_time'),
  homeGoalsExtraTime: integer('home_goals_extra_time'),
  awayGoalsExtraTime: integer('away_goals_extra_time'),
  homeGoalsShootOut: integer('home_goals_shoot_out'),
  awayGoalsShootOut: integer('away_goals_shoot_out'),
  resultKnownAt: integer('result_known_at'),
  source: text('source').notNull(),
});

export const matchStatistics = sqliteTable('match_statistics', {
  matchId: integer('match_id')
    .primaryKey()
    .references(() => match.id, { onDelete: 'cascade' }),
  homeShots: integer('home_shots'),
  awayShots: integer('away_shots'),
  homeShotsOnTarget: integer('home_shots_on_target'),
  awayShotsOnTarget: integer('away_shots_on_target'),
  homeCorners: integer('home_corners'),
  awayCorners: integer('away_corners'),
  homeFouls: integer('home_fouls'),
  awayFouls: integer('away_fouls'),
  homeYellowCards: integer('home_yellow_cards'),
  awayYellowCards: integer('away_yellow_cards'),
  homeRedCards: integer('home_red_cards'),
  awayRedCards: integer('away_red_cards'),
  homeExpectedGoals: real('home_expected_goals'),
  awayExpectedGoals: real('away_expected_goals'),
});
