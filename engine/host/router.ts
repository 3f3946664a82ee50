import { upcomingForecasts } from '../../db/queries/football/forecast.ts';
import { dayAt } from '../contract/zones.ts';
import { explainMatch } from '../football/explanation/explain.ts';
import { addAlias, unresolvedNames } from '../football/getting/teams.ts';
import { api } from './procedures/api.ts';
import { calibration } from './procedures/calibration.ts';
import { championship } from './procedures/championship.ts';
import { channels } from './procedures/channels.ts';
import { monitoring } from './procedures/monitoring.ts';
import { base, engine } from './procedures/engine.ts';
import { data } from './procedures/data.ts';
import { imports } from './procedures/imports.ts';
import { experiments } from './procedures/experiments.ts';
import { exports } from './procedures/exports.ts';
import { forecasts } from './procedures/forecasts.ts';
import { features } from './procedures/features.ts';
import { matchList } from './procedures/match-list.ts';
import { match } from './procedures/match.ts';
import { studies } from './procedures/studies.ts';
import { training } from './procedures/training.ts';
import { models } from './procedures/models.ts';
import { team } from './procedures/team.ts';
import { today } from './procedures/today.ts';
import { recovery } from './procedures/recovery.ts';
import { results } from './procedures/results.ts';
import { runs } from './procedures/runs.ts';
import { samples } from './procedures/samples.ts';
import { schedule } from './procedures/schedule.ts';
import { search } from './procedures/search.ts';
import { settings } from './procedures/settings.ts';
import { system } from './procedures/system.ts';
import { workspace } from './procedures/workspace.ts';

const matches = {
  ...matchList,
  next: engine.matches.next.handler(({ input, context }) =>
    upcomingForecasts(context.reader(), {
      from: input.date ?? dayAt(context.clock.now(), context.settings().get('zone')),
      limit: input.limit,
    }),
  ),
  explain: engine.matches.explain.handler(({ input, context }) =>
    explainMatch(context.reader(), input.matchId),
  ),
};

const teams = {
  unresolved: engine.teams.unresolved.handler(({ context }) => unresolvedNames(context.reader())),
  addAlias: engine.teams.addAlias.handler(({ input, context }) => addAlias(context.writer(), input)),
};

/** Implements the contract over an `EngineContext`. */
export const router = base.router({
  runs,
  matches,
  teams,
  today,
  match,
  championship,
  team,
  models,
  experiments,
  calibration,
  channels,
  monitoring,
  data,
  imports,
  exports,
  forecasts,
  results,
  features,
  studies,
  training,
  samples,
  schedule,
  search,
  settings,
  system,
  workspace,
  recovery,
  api,
});
export type Router = typeof router;
