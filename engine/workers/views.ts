import { openReader } from '../../db/client.ts';
import { readRecordedForecasts } from '../../db/queries/football/forecast-record.ts';
import { edgeRecord } from '../football/views/edges.ts';
import { explainMatch } from '../football/explanation/explain.ts';
import { findSeason } from '../football/views/championship.ts';
import { forecastRecords } from '../football/views/forecast-record.ts';
import { placedFeatures } from '../football/views/league-place.ts';
import { findMatch } from '../football/views/match.ts';
import { projectSeason } from '../football/views/projection.ts';
import { ratingHistory } from '../football/views/rating-history.ts';
import { clubsOf } from '../football/views/season-table.ts';
import { teamRatings, teamRecord } from '../football/views/team.ts';
import { readSeasonMatchRows } from '../../db/queries/football/season.ts';
import { serve } from './serve.ts';

/** What the screens ask for that takes longer than a call may hold up the thread of the host. */

interface In {
  readonly database: string;
}

export const edges = serve((task: In & { readonly before: string }) => {
  using database = openReader(task.database);
  return edgeRecord(database, task.before);
});

export const matchFeatures = serve((task: In & { readonly matchId: number }) => {
  using database = openReader(task.database);
  return placedFeatures(database, task.matchId);
});

export const explanation = serve((task: In & { readonly matchId: number }) => {
  using database = openReader(task.database);
  return explainMatch(database, task.matchId);
});

export const matchRatings = serve((task: In & { readonly matchId: number; readonly seasons: number }) => {
  using database = openReader(task.database);
  const { row, detail } = findMatch(database, task.matchId);
  const { championshipId } = detail;
  const teams = [row.homeId, row.awayId];
  return ratingHistory(database, { championshipId, teams, seasons: task.seasons, until: row.day });
});

export const championshipRatings = serve(
  (
    task: In & {
      readonly code: string;
      readonly season: string | undefined;
      readonly asOf: string;
      readonly seasons: number;
    },
  ) => {
    using database = openReader(task.database);
    const { championship, season } = findSeason(database, task);
    const teams = clubsOf(readSeasonMatchRows(database, season.id)).map(({ id }) => id);
    const until = task.asOf < season.lastDay ? task.asOf : season.lastDay;
    return ratingHistory(database, { championshipId: championship.id, teams, seasons: task.seasons, until });
  },
);

export const projection = serve((task: In & Parameters<typeof projectSeason>[1]) => {
  using database = openReader(task.database);
  return projectSeason(database, task);
});

export const championshipRecord = serve((task: In & { readonly code: string; readonly asOf: string }) => {
  using database = openReader(task.database);
  const { championship } = findSeason(database, task);
  return forecastRecords(readRecordedForecasts(database, { championshipId: championship.id }));
});

export const teamRatingsOf = serve(
  (task: In & { readonly teamId: number; readonly seasons: number; readonly until: string }) => {
    using database = openReader(task.database);
    return teamRatings(database, task);
  },
);

export const teamRecordOf = serve((task: In & { readonly teamId: number }) => {
  using database = openReader(task.database);
  return teamRecord(database, task.teamId);
});
