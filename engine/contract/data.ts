import { z } from 'zod';
import { answerAgeSchema } from './analysis.ts';
import { base } from './base.ts';
import { runStates } from './runs.ts';

/** What the data are made of: sources and their health, the quality of what they brought, and what is held when. */

const sourceHealthSchema = z.object({
  name: z.string(),
  /** Names that it keeps matches and aliases under. */
  storedNames: z.array(z.string()),
  /** It knows its own addresses, so that it can be read without being told from where. */
  canRunAlone: z.boolean(),
  files: z.number().int(),
  rows: z.number().int(),
  refused: z.number().int(),
  warnings: z.number().int(),
  conflicts: z.number().int(),
  /** When a file of it was read last. */
  lastReadAt: z.number().nullable(),
  lastRun: z
    .object({
      runId: z.number().int(),
      state: z.enum(runStates),
      startedAt: z.number(),
      finishedAt: z.number().nullable(),
      errorCode: z.string().nullable(),
      errorMessage: z.string().nullable(),
    })
    .nullable(),
  lastSuccessAt: z.number().nullable(),
  /** Runs that failed since then. */
  failuresSince: z.number().int(),
  /** Of the last hundred calls to its server: the middle one's duration, and how many there were. */
  latencyMs: z.number().nullable(),
  calls: z.number().int(),
  nextRunAt: z.number().nullable(),
  /** Names that wait for an answer. */
  unresolved: z.number().int(),
  /** What the last run was asked to do, to be asked again. */
  lastParameters: z.record(z.string(), z.unknown()).nullable(),
});
export type SourceHealth = z.infer<typeof sourceHealthSchema>;

export const qualityChecks = [
  'duplicates',
  'twice-a-day',
  'no-result',
  'incomplete-season',
  'unlikely-score',
  'odds-sum',
  'refused-rows',
  'conflicts',
  'statistics-missing',
  'odds-missing',
  'day-only',
  'definition-change',
] as const;

const findingSchema = z.object({
  check: z.enum(qualityChecks),
  status: z.enum(['pass', 'info', 'warn', 'fail']),
  count: z.number().int(),
  /** Of how many it is a part. */
  of: z.number().int(),
  /** Some of the cases; what is not known of one is missing. */
  examples: z.array(
    z.object({
      matchId: z.number().int().optional(),
      championship: z.string().optional(),
      season: z.string().optional(),
      day: z.string().optional(),
      what: z.string(),
    }),
  ),
});
export type QualityFinding = z.infer<typeof findingSchema>;

const qualityReportSchema = z.object({ matches: z.number().int(), findings: z.array(findingSchema) });
export type QualityReport = z.infer<typeof qualityReportSchema>;

export const coverageKinds = ['fixtures', 'results', 'odds', 'closing', 'statistics', 'forecasts'] as const;
export type CoverageKind = (typeof coverageKinds)[number];

const coverageSchema = z.object({
  championships: z.array(z.object({ code: z.string(), name: z.string() })),
  /** `YYYY-MM` from the first to the last, without a gap. */
  months: z.array(z.string()),
  /** Matches by championship and month; `fixtures` counts all of them, the others those that have it. */
  counts: z.record(z.enum(coverageKinds), z.array(z.array(z.number().int()))),
});
export type Coverage = z.infer<typeof coverageSchema>;

const teamNameSchema = z.object({ id: z.number().int(), name: z.string() });

const similarTeamsSchema = z.object({
  country: z.string(),
  score: z.number(),
  /** The one with more matches. */
  keep: teamNameSchema.extend({ matches: z.number().int() }),
  other: teamNameSchema.extend({ matches: z.number().int() }),
});
export type SimilarTeams = z.infer<typeof similarTeamsSchema>;

export const dataProcedures = {
  sources: base.output(z.array(sourceHealthSchema)),
  quality: base.output(z.object({ report: qualityReportSchema, age: answerAgeSchema })),
  coverage: base.output(z.object({ coverage: coverageSchema, age: answerAgeSchema })),
  /** Teams of a country, to choose what a name means. */
  teams: base
    .input(z.object({ sport: z.string().default('football'), country: z.string() }))
    .output(z.array(teamNameSchema)),
  /** Forgets what a source means by a name, and puts the name back among those that wait. */
  removeAlias: base
    .input(z.object({ source: z.string(), sport: z.string(), country: z.string(), name: z.string() }))
    .output(z.object({ removed: z.boolean() })),
  /** Teams of one country that are alike by name and never met: perhaps one team under two names. */
  similarTeams: base.output(z.array(similarTeamsSchema)),
  /** Makes one team of two; everything of `other` is from then on of `keep`. Taken back by `undo`. */
  mergeTeams: base
    .input(z.object({ keep: z.number().int().positive(), other: z.number().int().positive() }))
    .output(z.object({ changeSetId: z.number().int(), matches: z.number().int() })),
  /** Imports and merges, newest first. */
  changes: base.output(
    z.array(
      z.object({
        id: z.number().int(),
        kind: z.enum(['import', 'merge']),
        subject: z.string(),
        runId: z.number().int().nullable(),
        state: z.enum(['open', 'done', 'undone']),
        madeAt: z.number(),
        undoneAt: z.number().nullable(),
        newMatches: z.number().int(),
        changedRows: z.number().int(),
      }),
    ),
  ),
  /** Takes an import or a merge back, to the last digit. */
  undo: base.input(z.object({ id: z.number().int().positive() })).output(z.object({ undone: z.boolean() })),
} as const;
