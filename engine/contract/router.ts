import { z } from 'zod';
import { apiProcedures } from './api.ts';
import { base } from './base.ts';
import { calibrationProcedures } from './calibration.ts';
import { championshipProcedures } from './championship.ts';
import { channelProcedures } from './channels.ts';
import { monitoringProcedures } from './monitoring.ts';
import { dataProcedures } from './data.ts';
import { sports } from './domain.ts';
import { importProcedures } from './imports.ts';
import { recoveryProcedures } from './recovery.ts';
import { runProcedures } from './run-procedures.ts';
import { sampleProcedures } from './samples.ts';
import { scheduleProcedures } from './schedule.ts';
import { searchProcedures } from './search.ts';
import { settingProcedures } from './settings.ts';
import { systemProcedures } from './system.ts';
import { workspaceProcedures } from './workspace.ts';
import { exportProcedures } from './exports.ts';
import { forecastProcedures } from './forecasts.ts';
import { resultProcedures } from './results.ts';
import { explanationProcedures } from './explanation.ts';
import { featureProcedures } from './features.ts';
import { matchListProcedures } from './match-list.ts';
import { matchProcedures } from './match.ts';
import { teamProcedures } from './team.ts';
import { todayProcedures } from './today.ts';
import { studyProcedures } from './studies.ts';
import { trainingProcedures } from './training.ts';
import { experimentProcedures, modelProcedures } from './tracking-procedures.ts';

/** The one contract behind the command line, the screens and the loopback host. */

/** A forecast of a coming match as the tables show it. */
export const matchForecastSchema = z.object({
  matchId: z.number().int(),
  championship: z.string(),
  championshipName: z.string(),
  isSample: z.boolean(),
  matchDay: z.string(),
  kickOff: z.number(),
  kickOffPrecision: z.enum(['minute', 'day']),
  home: z.string(),
  away: z.string(),
  probabilities: z.object({ H: z.number(), D: z.number(), A: z.number() }).nullable(),
  /** Bit masks of the conformal sets: 1 home, 2 draw, 4 away; null where history is too short. */
  set80: z.number().int().nullable(),
  set90: z.number().int().nullable(),
  confidence: z.number().nullable(),
  credibility: z.number().nullable(),
  quality: z
    .object({ n: z.number().int(), hits: z.number().int(), bound: z.number(), target: z.number() })
    .nullable(),
});
export type MatchForecast = z.infer<typeof matchForecastSchema>;

export const contract = {
  runs: runProcedures,
  matches: {
    next: base
      .route({ method: 'GET', path: '/matches/next' })
      .input(z.object({ limit: z.number().int().min(1).max(1000).default(30), date: z.string().optional() }))
      .output(z.array(matchForecastSchema)),
    ...matchListProcedures,
    ...explanationProcedures,
  },
  teams: {
    unresolved: base.output(
      z.array(
        z.object({
          source: z.string(),
          sport: z.string(),
          country: z.string(),
          name: z.string(),
          suggestions: z.array(z.object({ team: z.string(), score: z.number() })),
        }),
      ),
    ),
    addAlias: base
      .input(
        z.object({
          source: z.string(),
          sport: z.enum(sports).default('football'),
          country: z.string(),
          name: z.string(),
          team: z.string(),
        }),
      )
      .output(z.object({ teamId: z.number().int() })),
  },
  today: todayProcedures,
  match: matchProcedures,
  championship: championshipProcedures,
  team: teamProcedures,
  models: modelProcedures,
  experiments: experimentProcedures,
  calibration: calibrationProcedures,
  channels: channelProcedures,
  monitoring: monitoringProcedures,
  data: dataProcedures,
  imports: importProcedures,
  exports: exportProcedures,
  forecasts: forecastProcedures,
  results: resultProcedures,
  features: featureProcedures,
  studies: studyProcedures,
  training: trainingProcedures,
  samples: sampleProcedures,
  schedule: scheduleProcedures,
  search: searchProcedures,
  settings: settingProcedures,
  system: systemProcedures,
  workspace: workspaceProcedures,
  recovery: recoveryProcedures,
  api: apiProcedures,
} as const;
