import { z } from 'zod';
import { base } from './base.ts';
import { languages, sports } from './domain.ts';
import { promotionDecisionSchema } from './models.ts';
import { runStates } from './runs.ts';

/** What is watched. Each rule has its words under `monitoring.rules.<name>`: what it is, and what to do. */
export const ruleNames = [
  'source-silent',
  'source-failing',
  'layout-changed',
  'results-late',
  'season-incomplete',
  'duplicate-matches',
  'swapped-teams',
  'impossible-scores',
  'odds-sums',
  'definition-changed',
  'unforecast',
  'run-failed',
  'delivery-stuck',
  'feature-drift',
  'probability-drift',
  'outcome-mix',
  'home-advantage',
  'market-margin',
  'worse-than-base-rate',
  'better-than-market',
  'miscalibrated',
  'coverage',
  'martingale',
] as const;
export type RuleName = (typeof ruleNames)[number];

/** How bad an alert is, from the least. */
export const severities = ['warning', 'critical'] as const;
export type Severity = (typeof severities)[number];

export const levels = ['good', 'warning', 'critical', 'unknown'] as const;
export type Level = (typeof levels)[number];

/**
 * One look at one subject. `unknown` is too little data to say anything: it neither raises nor clears. A figure that
 * raised an alert clears it only once it is back within a lower bound (`isCalm`), report after report.
 */
export const findingSchema = z.object({
  rule: z.enum(ruleNames),
  subject: z.string(),
  level: z.enum(levels),
  isCalm: z.boolean(),
  /** The figure, and from where on it is a warning and critical; null where the rule has none. */
  value: z.number().nullable(),
  warnAt: z.number().nullable(),
  criticalAt: z.number().nullable(),
  unit: z.enum(['count', 'days', 'share', 'index', 'log-loss', 'standard-errors', 'wealth', 'p-value']),
  n: z.number().int(),
  /** Further numbers and names that the rule's sentence mentions. */
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});
export type Finding = z.infer<typeof findingSchema>;

const interval = z.object({ value: z.number(), low: z.number(), high: z.number(), level: z.number() });
const scores = z.object({
  n: z.number().int(),
  logLoss: z.number(),
  rps: z.number(),
  brier: z.number(),
  accuracy: z.number(),
});

/** A finding in words: what it is, in which numbers, what to do, and what it is about as a reader calls it. */
export const findingWordsSchema = z.object({
  title: z.string(),
  text: z.string(),
  action: z.string(),
  subject: z.string(),
  figure: z.string(),
});
export type FindingWords = z.infer<typeof findingWordsSchema>;

/** How what was forecast before kick-off fared over a span: days back, the season in play, or all time. */
export const recordSchema = z.object({
  sport: z.enum(sports),
  span: z.enum(['30', '90', 'season', 'all']),
  n: z.number().int(),
  /** Fewer forecasts than this are not judged. */
  minimum: z.number().int(),
  model: scores.nullable(),
  baseRate: scores.nullable(),
  closing: scores.nullable(),
  gapClosed: interval.nullable(),
  coverage80: z.number().nullable(),
  coverage90: z.number().nullable(),
});
export type LiveRecord = z.infer<typeof recordSchema>;

/** Coverage and mean log loss of the forecasts made before kick-off, month by month. */
const monthSchema = z.object({
  sport: z.enum(sports),
  month: z.string(),
  n: z.number().int(),
  logLoss: z.number(),
  baseRate: z.number().nullable(),
  closing: z.number().nullable(),
  coverage80: z.number().nullable(),
  coverage90: z.number().nullable(),
});

export const monitoringReportSchema = z.object({
  day: z.string(),
  madeAt: z.number(),
  records: z.array(recordSchema),
  months: z.array(monthSchema),
  findings: z.array(findingSchema),
});
export type MonitoringReport = z.infer<typeof monitoringReportSchema>;

export const alertSchema = z.object({
  id: z.number().int(),
  rule: z.enum(ruleNames),
  subject: z.string(),
  severity: z.enum(severities),
  raisedAt: z.number(),
  /** When it was last seen to hold. */
  seenAt: z.number(),
  clearedAt: z.number().nullable(),
  acknowledgedAt: z.number().nullable(),
  /** The finding as it was last seen. */
  finding: findingSchema,
});
export type Alert = z.infer<typeof alertSchema>;

/** A training that drift asked for: why, and what the gate said of what it brought. */
export const challengerSchema = z.object({
  runId: z.number().int(),
  state: z.enum(runStates),
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
  /** The findings that asked, as they were then. */
  reasons: z.array(findingSchema),
  /** Versions that are new; none where there was nothing new to learn. */
  newVersions: z.number().int(),
  decisions: z.array(z.object({ family: z.string(), decision: promotionDecisionSchema })),
});
export type Challenger = z.infer<typeof challengerSchema>;

const worded = { words: findingWordsSchema };
const wordedReport = monitoringReportSchema.extend({ findings: z.array(findingSchema.extend(worded)) });
const wordedAlert = alertSchema.extend(worded);
export type WordedAlert = z.infer<typeof wordedAlert>;

/** Language of the words; the setting's where none is asked for. */
const language = z.enum(languages).optional();

export const monitoringProcedures = {
  /** The report of a day, by default the newest; null before the first. */
  report: base.input(z.object({ day: z.string().optional(), language })).output(wordedReport.nullable()),
  /** Days with a report, newest first. */
  days: base
    .input(z.object({ limit: z.number().int().min(1).max(3660).default(365) }))
    .output(z.array(z.object({ day: z.string(), madeAt: z.number() }))),
  /** Alerts, the open ones first, then by time; by default the open ones alone. */
  alerts: base
    .input(
      z.object({
        isOpenOnly: z.boolean().default(true),
        limit: z.number().int().min(1).max(1000).default(100),
        language,
      }),
    )
    .output(z.array(wordedAlert)),
  /** Trainings that drift asked for, the newest first. */
  challengers: base
    .input(z.object({ limit: z.number().int().min(1).max(1000).default(20), language }))
    .output(
      z.array(
        challengerSchema.extend({ reasons: z.array(findingSchema.extend(worded)), outcome: z.string() }),
      ),
    ),
  /** Notes that somebody has seen an alert: it stays open and is no longer announced. */
  acknowledge: base.input(z.object({ id: z.number().int(), language })).output(wordedAlert),
};
