import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { base } from './base.ts';
import { calibrationProcedures } from './calibration.ts';
import { channelProcedures } from './channels.ts';
import { languages, sports } from './domain.ts';
import { runEventSchema, runItemSchema, runLogLineSchema, runSchema } from './runs.ts';
import { runKinds } from './stages.ts';
import { exportProcedures } from './exports.ts';
import { forecastProcedures } from './forecasts.ts';
import { resultProcedures } from './results.ts';
import { explanationProcedures } from './explanation.ts';
import { experimentProcedures, modelProcedures } from './tracking-procedures.ts';

/** The one contract behind the command line, the screens and the loopback host. */

const runId = z.object({ runId: z.number().int().positive() });

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

export const doctorFindingSchema = z.object({
  name: z.string(),
  status: z.enum(['pass', 'warn', 'fail']),
  message: z.string(),
});
export type DoctorFinding = z.infer<typeof doctorFindingSchema>;

export const contract = {
  runs: {
    start: base
      .input(z.object({ stage: z.enum(runKinds), parameters: z.record(z.string(), z.unknown()).default({}) }))
      .output(runId),
    list: base
      .input(z.object({ limit: z.number().int().min(1).max(1000).default(50) }))
      .output(z.array(runSchema)),
    show: base.input(runId).output(
      z.object({
        run: runSchema,
        children: z.array(runSchema),
        items: z.array(runItemSchema),
        log: z.array(runLogLineSchema),
      }),
    ),
    watch: base.input(runId).output(eventIterator(runEventSchema)),
    cancel: base.input(runId).output(z.object({ state: z.string() })),
    resume: base.input(runId).output(runId),
  },
  matches: {
    next: base
      .input(z.object({ limit: z.number().int().min(1).max(1000).default(30), date: z.string().optional() }))
      .output(z.array(matchForecastSchema)),
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
  models: modelProcedures,
  experiments: experimentProcedures,
  calibration: calibrationProcedures,
  channels: channelProcedures,
  exports: exportProcedures,
  forecasts: forecastProcedures,
  results: resultProcedures,
  settings: {
    list: base.output(
      z.array(
        z.object({ key: z.string(), value: z.unknown(), default: z.unknown(), description: z.string() }),
      ),
    ),
    set: base
      .input(z.object({ key: z.string(), value: z.unknown() }))
      .output(z.object({ value: z.unknown() })),
  },
  system: {
    doctor: base.output(z.object({ healthy: z.boolean(), findings: z.array(doctorFindingSchema) })),
    backup: base
      .input(z.object({ folder: z.string().optional() }))
      .output(z.object({ file: z.string(), bytes: z.number(), sha256: z.string() })),
    documents: base.input(z.object({ limit: z.number().int().min(1).max(10_000).default(100) })).output(
      z.array(
        z.object({
          kind: z.string(),
          day: z.string(),
          variant: z.string(),
          language: z.string(),
          format: z.string(),
          path: z.string(),
        }),
      ),
    ),
    about: base.output(
      z.object({
        version: z.string(),
        home: z.string(),
        schemaVersion: z.number().int(),
        languages: z.array(z.enum(languages)),
      }),
    ),
  },
} as const;
