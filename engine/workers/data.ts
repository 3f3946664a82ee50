import { openReader } from '../../db/client.ts';
import { readCoverage } from '../../db/queries/football/coverage.ts';
import { reportOnQuality } from '../football/data-quality/report.ts';
import { findSimilarTeams } from '../football/getting/similar-teams.ts';
import { serve } from './serve.ts';

/** What the screen of the data asks for: walks over everything that is held. */

export const quality = serve((task: { readonly database: string; readonly today: string }) => {
  using database = openReader(task.database);
  return reportOnQuality(database, task.today);
});

export const coverage = serve((task: { readonly database: string }) => {
  using database = openReader(task.database);
  return readCoverage(database);
});

export const similarTeams = serve((task: { readonly database: string }) => {
  using database = openReader(task.database);
  return findSimilarTeams(database);
});
