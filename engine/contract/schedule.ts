import { z } from 'zod';
import { base } from './base.ts';
import { documentFormats } from './document-formats.ts';
import { gettingParameters, reportKinds } from './stages.ts';

/** Kinds of task that run by themselves, in the order in which they go when several are due together. */
export const taskKinds = [
  'backup',
  'fetch',
  'retrain',
  'forecast',
  'publish',
  'evaluate',
  'monitor',
] as const;
export type TaskKind = (typeof taskKinds)[number];

const championships = z.array(z.string().min(1)).min(1).optional();

/** What each kind of task may be told; kept with the task and checked whenever it is. */
export const taskParameters = {
  backup: z.strictObject({}),
  /** Reads what is new at a source: fixtures, prices and results. */
  fetch: z.strictObject({
    source: z.string().min(1).default('football-data'),
    from: gettingParameters.shape.from,
    mapping: z.string().optional(),
    scope: z.enum(['today', 'all-time']).default('today'),
    championships,
  }),
  /** Trains every family anew on all that is held; the gate decides who forecasts. */
  retrain: z.strictObject({ championships }),
  /** Calculates and forecasts the matches of the day. */
  forecast: z.strictObject({ championships }),
  /** Writes the day's documents and sends them to every channel, once. */
  publish: z.strictObject({
    championships,
    reports: z.array(z.enum(reportKinds)).min(1).optional(),
    /** Default those of the settings. */
    formats: z.array(z.enum(documentFormats)).min(1).optional(),
  }),
  evaluate: z.strictObject({ championships }),
  /** Looks at everything that is watched and, unless told otherwise, trains challengers where drift asks for them. */
  monitor: z.strictObject({ challenges: z.boolean().default(true) }),
} as const satisfies Record<TaskKind, z.ZodType>;

/** A name for the address, the command line and the screens. */
const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'expected small letters, digits and hyphens');

export const scheduleTaskSchema = z.object({
  name,
  kind: z.enum(taskKinds),
  /** Five fields, in the zone of the settings. */
  cron: z.string().max(200),
  parameters: z.record(z.string(), z.unknown()),
  enabled: z.boolean(),
});
export type ScheduleTask = z.infer<typeof scheduleTaskSchema>;

const occasionStates = ['running', 'done', 'failed', 'cancelled', 'interrupted'] as const;

export const scheduleOccasionSchema = z.object({
  id: z.number().int(),
  task: z.string(),
  kind: z.enum(taskKinds),
  dueAt: z.number(),
  byHand: z.boolean(),
  /** Earlier occasions that it stands for, because nothing could be started then. */
  missed: z.number().int(),
  state: z.enum(occasionStates),
  attempts: z.number().int(),
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
  steps: z.array(z.object({ step: z.string(), runId: z.number().int().nullable() })),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
});
export type ScheduleOccasion = z.infer<typeof scheduleOccasionSchema>;

/** Why nothing is started at the moment. */
export const holds = ['quiet-hours', 'battery'] as const;
export type Hold = (typeof holds)[number];

const limit = z.number().int().min(1).max(1000).default(50);
const upcoming = z.object({ task: z.string(), kind: z.enum(taskKinds), dueAt: z.number() });

/** Tasks that run by themselves, while the program is open, in the tray, or as `auspex daemon`. */
export const scheduleProcedures = {
  list: base.output(
    z.object({
      /** Whether this process keeps the schedule: a single command does not, nor does safe mode. */
      isKept: z.boolean(),
      hold: z.enum(holds).nullable(),
      /** When a hold by quiet hours is over. */
      holdUntil: z.number().nullable(),
      zone: z.string(),
      tasks: z.array(
        scheduleTaskSchema.extend({
          /** Comes with the program; removing it puts it back as it came. */
          isBuiltIn: z.boolean(),
          nextAt: z.number().nullable(),
          isDue: z.boolean(),
          last: scheduleOccasionSchema.nullable(),
        }),
      ),
    }),
  ),
  /** A task of the same name takes the new kind, times and parameters. */
  set: base.input(scheduleTaskSchema.omit({ enabled: true })).output(scheduleTaskSchema),
  enable: base.input(z.object({ name, enabled: z.boolean() })).output(scheduleTaskSchema),
  remove: base.input(z.object({ name })).output(z.object({ removed: z.boolean() })),
  /** Starts a task now, whatever the time, quiet hours and the battery say. */
  runNow: base.input(z.object({ name })).output(scheduleOccasionSchema),
  /** The occasion when it is over. */
  finished: base.input(z.object({ id: z.number().int().positive() })).output(scheduleOccasionSchema),
  /** Stops what is under way. */
  cancel: base.input(z.object({ id: z.number().int().positive() })).output(scheduleOccasionSchema),
  occasions: base.input(z.object({ name: name.optional(), limit })).output(z.array(scheduleOccasionSchema)),
  /** What is due next, over all enabled tasks. */
  next: base.input(z.object({ limit: limit.default(20) })).output(z.array(upcoming)),
  /** The next instants of an expression; refuses with what is wrong with it. */
  check: base.input(z.object({ cron: z.string().max(200) })).output(z.object({ next: z.array(z.number()) })),
} as const;
