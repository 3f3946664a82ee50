import { createBackup } from '../../db/backup.ts';
import { applicationVersion } from '../../db/identity.ts';
import { schemaVersion } from '../../db/migration-files.ts';
import { upcomingForecasts } from '../../db/queries/football/forecast.ts';
import { readDocuments } from '../../db/queries/football/publisher.ts';
import { listRuns, readRun } from '../../db/queries/runs.ts';
import { languages } from '../contract/domain.ts';
import { dayAt } from '../contract/zones.ts';
import { explainMatch } from '../football/explanation/explain.ts';
import { addAlias, unresolvedNames } from '../football/getting/teams.ts';
import { openSettings } from '../runtime/settings.ts';
import { examine } from './doctor.ts';
import { calibration } from './procedures/calibration.ts';
import { channels } from './procedures/channels.ts';
import { base, engine } from './procedures/engine.ts';
import { experiments } from './procedures/experiments.ts';
import { exports } from './procedures/exports.ts';
import { forecasts } from './procedures/forecasts.ts';
import { models } from './procedures/models.ts';
import { results } from './procedures/results.ts';

const runs = {
  start: engine.runs.start.handler(({ input, context }) => ({
    runId: context.runs().start(input.stage, input.parameters).id,
  })),
  list: engine.runs.list.handler(({ input, context }) => [...listRuns(context.reader(), input.limit)]),
  show: engine.runs.show.handler(({ input, context }) => readRun(context.reader(), input.runId)),
  watch: engine.runs.watch.handler(async function* ({ input, context, signal }) {
    using events = context.runs().watch(input.runId);
    const stop = () => events[Symbol.dispose]();
    signal?.addEventListener('abort', stop);
    try {
      yield* events;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }),
  cancel: engine.runs.cancel.handler(async ({ input, context }) => {
    context.runs().cancel(input.runId);
    return { state: (await context.runs().finished(input.runId)).state };
  }),
  resume: engine.runs.resume.handler(({ input, context }) => ({
    runId: context.runs().resume(input.runId).id,
  })),
};

const matches = {
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

const settings = {
  list: engine.settings.list.handler(({ context }) => [...context.settings().list()]),
  set: engine.settings.set.handler(({ input, context }) => ({
    value: openSettings(context.writer(), context.clock).set(input.key, input.value),
  })),
};

const system = {
  doctor: engine.system.doctor.handler(({ context }) => examine(context)),
  backup: engine.system.backup.handler(({ input, context }) => {
    const { file, manifest } = createBackup(context.reader().path, input.folder ?? context.paths.backups, {
      now: () => context.clock.now(),
      keep: context.settings().get('backup.keep'),
    });
    return { file, bytes: manifest.bytes, sha256: manifest.sha256 };
  }),
  documents: engine.system.documents.handler(({ input, context }) =>
    readDocuments(context.reader())
      .slice(-input.limit)
      .map(({ kind, day, variant, language, format, path }) => ({
        kind,
        day,
        variant,
        language,
        format,
        path,
      })),
  ),
  about: engine.system.about.handler(({ context }) => ({
    version: applicationVersion,
    home: context.paths.home,
    schemaVersion: schemaVersion(),
    languages: [...languages],
  })),
};

/** Implements the contract over an `EngineContext`. */
export const router = base.router({
  runs,
  matches,
  teams,
  models,
  experiments,
  calibration,
  channels,
  exports,
  forecasts,
  results,
  settings,
  system,
});
export type Router = typeof router;
