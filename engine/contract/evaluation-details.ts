import { z } from 'zod';
import { typesEvaluationSchema } from './evaluation-types.ts';

/**
 * The long form of an evaluation, made only when it is asked for. Losses are natural-log losses. A figure that too few
 * matches can give is null, never a default.
 */

const scores = { logLoss: z.number(), rps: z.number(), brier: z.number(), accuracy: z.number() };

/** A figure with its 95 % block-bootstrap interval by match day. */
export const figureSchema = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type Figure = z.infer<typeof figureSchema>;

/** One family on one slice of the matches; championship and season are null where all are meant. */
export const sliceSchema = z.object({
  /** A family; `champion` is the calibrated champion, `closing` and `pre-match` the market, `base-rate` the reference. */
  family: z.string(),
  championship: z.string().nullable(),
  season: z.string().nullable(),
  n: z.number().int(),
  ...scores,
  /** (base rate - family) / (base rate - closing market) in log loss. */
  gapClosed: figureSchema.nullable(),
  /** Matches that would show the family's distance from the closing market (5 %, power 80 %). */
  requiredMatches: z.number().nullable(),
});
export type EvaluationSlice = z.infer<typeof sliceSchema>;

const test = z.object({ statistic: z.number().nullable(), pValue: z.number().nullable() });

/** One result class (H, D or A) of a family, taken as a yes/no event. */
export const classDiagnosticsSchema = z.object({
  class: z.enum(['H', 'D', 'A']),
  /** How often it came, and its mean probability. */
  frequency: z.number(),
  meanProbability: z.number(),
  /** Of those that came, how many were the most probable class; of the most probable ones, how many came. */
  recall: z.number().nullable(),
  precision: z.number().nullable(),
  areaUnderCurve: z.number().nullable(),
  /** CORP: log loss of the event = miscalibration - discrimination + uncertainty. */
  corp: z.object({
    score: z.number(),
    miscalibration: z.number(),
    discrimination: z.number(),
    uncertainty: z.number(),
  }),
  spiegelhalter: test,
  kuiper: test,
  /** Expected calibration error beside what chance alone gives to right probabilities. */
  calibrationError: z.object({
    value: z.number(),
    expected: z.number(),
    high: z.number(),
    pValue: z.number(),
    debiased: z.number(),
  }),
});
export type ClassDiagnostics = z.infer<typeof classDiagnosticsSchema>;

export const diagnosticsSchema = z.object({
  family: z.string(),
  championship: z.string().nullable(),
  season: z.string().nullable(),
  n: z.number().int(),
  /** Counts: what came (rows H, D, A) by the most probable class. */
  confusion: z.array(z.number().int()).length(9),
  classes: z.array(classDiagnosticsSchema),
  sharpness: z.object({ entropy: z.number(), topProbability: z.number(), shareAbove60: z.number() }),
  /** How draws are treated: they are seldom the most probable class, however well they are forecast. */
  draws: z.object({
    meanProbability: z.number(),
    frequency: z.number(),
    mostProbable: z.number().int(),
    highestProbability: z.number(),
    /** Spread of the draw's probability: a family that says the same of every match has none. */
    standardDeviation: z.number(),
    skillOverBaseRate: z.number().nullable(),
  }),
});
export type Diagnostics = z.infer<typeof diagnosticsSchema>;

/** Isotonic reliability curve with its 90 % consistency band. */
export const reliabilitySchema = z.object({
  family: z.string(),
  class: z.enum(['H', 'D', 'A']),
  n: z.number().int(),
  points: z.array(z.number()),
  frequency: z.array(z.number()),
  low: z.array(z.number()),
  high: z.array(z.number()),
  histogram: z.array(z.number().int()),
  /** Share of the points at which the curve lies outside its band. */
  outside: z.number(),
});
export type Reliability = z.infer<typeof reliabilitySchema>;

/** Mean difference of log loss, first minus second: negative where the first is the better. */
export const pairedTestSchema = z.object({
  first: z.string(),
  second: z.string(),
  n: z.number().int(),
  value: z.number(),
  low: z.number(),
  high: z.number(),
  pValue: z.number(),
  /** Holm's adjustment over all pairs. */
  adjustedPValue: z.number(),
  /** Diebold-Mariano on the series of daily means. */
  dieboldMariano: z.number().nullable(),
});
export type PairedTest = z.infer<typeof pairedTestSchema>;

const coverageGroupings = [
  'all',
  'class',
  'championship',
  'season',
  'month',
  'odds-band',
  'set-size',
] as const;
export const coverageRowSchema = z.object({
  level: z.number(),
  by: z.enum(coverageGroupings),
  group: z.string(),
  n: z.number().int(),
  coverage: z.number(),
  /** 95 % Clopper-Pearson interval. */
  low: z.number(),
  high: z.number(),
  meanSize: z.number(),
  singletonAccuracy: z.number().nullable(),
});
export type EvaluationCoverage = z.infer<typeof coverageRowSchema>;

/** What split conformal sets promise of a window of this many forecasts: 90 % range of the Beta law. */
const coverageLawSchema = z.object({
  level: z.number(),
  window: z.number().int(),
  mean: z.number(),
  low: z.number(),
  high: z.number(),
});

/** Ways of making sets of the same forecasts; `published` is the one in use. */
export const setRules = ['published', 'undivided', 'aps', 'raps', 'rps', 'weighted', 'adaptive'] as const;
export type SetRuleName = (typeof setRules)[number];
const setRuleSchema = z.object({
  rule: z.enum(setRules),
  level: z.number(),
  n: z.number().int(),
  coverage: z.number(),
  /** Of the matches that ended as home win, draw and away win; null where there were none. */
  byClass: z.tuple([z.number().nullable(), z.number().nullable(), z.number().nullable()]),
  meanSize: z.number(),
});
export type EvaluationSetRule = z.infer<typeof setRuleSchema>;

const martingaleSchema = z.object({
  n: z.number().int(),
  highest: z.number(),
  last: z.number(),
  alarmAt: z.number(),
  alarm: z.boolean(),
  /** Decimal logarithm of the wealth by day, at most 120 points. */
  path: z.array(z.object({ day: z.string(), logWealth: z.number() })),
});

/** One way of choosing bets: a family's value against the price of the forecast's instant, above an edge. */
export const strategySchema = z.object({
  family: z.string(),
  edge: z.number(),
  bets: z.number().int(),
  yield: figureSchema,
  hitRate: z.number().nullable(),
  meanOdds: z.number().nullable(),
  /** Bets before a yield of this size differs from 0 at 5 %. */
  requiredBets: z.number().nullable(),
  /** How often worthless bets at these odds, drawn from the prices' own probabilities, earned at least this. */
  noiseProbability: z.number().nullable(),
  /** The same after Holm's adjustment for every strategy tried. */
  adjustedProbability: z.number().nullable(),
  closingLineValue: figureSchema.nullable(),
  beatingClose: z.number().nullable(),
});
export type Strategy = z.infer<typeof strategySchema>;

const stakingPlans = ['flat', 'fixed-fraction', 'kelly', 'simultaneous-kelly'] as const;
export const stakingSchema = z.object({
  plan: z.enum(stakingPlans),
  /** Part of the bank: of each bet, or of the full Kelly stake. */
  fraction: z.number(),
  bets: z.number().int(),
  turnover: z.number(),
  yield: figureSchema,
  /** Bank at the end as a multiple of the start. */
  final: z.number(),
  /** Deepest fall as a share of its peak, and the longest run of lost bets. */
  drawdown: z.number().nullable(),
  longestLosingRun: z.number().int(),
  /** Days below an earlier peak. */
  longestUnderWater: z.number().int(),
  /** 5, 50 and 95 % of the deepest fall over the bootstrap's draws, and the share of draws that ended in ruin. */
  drawdowns: z.array(z.number()).length(3),
  ruined: z.number(),
  paths: z.object({ low: z.array(z.number()), middle: z.array(z.number()), high: z.array(z.number()) }),
  actual: z.array(z.number()),
});
export type Staking = z.infer<typeof stakingSchema>;

export const bettingSchema = z.object({
  /** Matches with a forecast, a price that a bookmaker offered by the forecast's instant, and a result. */
  matches: z.number().int(),
  /** Left out: no price of a bookmaker by that instant (an average of prices is nobody's offer). */
  withoutPrice: z.number().int(),
  strategies: z.array(strategySchema),
  /** The strategy that the staking plans follow; fixed beforehand, not chosen by its result. */
  followed: z.object({ family: z.string(), edge: z.number() }),
  staking: z.array(stakingSchema),
  warning: z.object({
    /** Strategies tried, and worlds drawn in which no strategy is worth anything. */
    strategies: z.number().int(),
    worlds: z.number().int(),
    bestYield: z.number().nullable(),
    /** What the best of as many worthless strategies shows on average, and in one world of twenty. */
    expectedBest: z.number().nullable(),
    highBest: z.number().nullable(),
    /** Share of the worlds whose best strategy earned at least as much as the best one here. */
    noiseProbability: z.number().nullable(),
  }),
  /** What having searched is worth, over the strategies with enough bets; null with fewer than two of them. */
  searchLuck: z
    .object({
      strategies: z.number().int(),
      blocks: z.number().int(),
      /** How often the best of one half of the time lay in the lower half of the other; useless ones show 0.5. */
      overfitting: z.number(),
      /** Mean over deviation of the best, and what the best of as many useless ones shows. */
      ratio: z.number().nullable(),
      expectedBest: z.number().nullable(),
      /** Probability that the true ratio is above that; below 0.95 the best is within reach of searching alone. */
      probability: z.number().nullable(),
    })
    .nullable(),
});
export type Betting = z.infer<typeof bettingSchema>;

/** Stored forecasts that were made before kick-off, scored as they were published. */
export const liveScoresSchema = z.object({
  /** Days back from the run's day; null for all time. */
  days: z.number().int().nullable(),
  n: z.number().int(),
  /** Below this many, no figure is given. */
  minimum: z.number().int(),
  scores: z
    .object({
      model: z.object(scores),
      baseRate: z.object(scores).nullable(),
      closing: z.object({ n: z.number().int(), ...scores }).nullable(),
      gapClosed: figureSchema.nullable(),
      coverage80: z.number().nullable(),
      coverage90: z.number().nullable(),
      spiegelhalter: z.number().nullable(),
    })
    .nullable(),
});
export type LiveScores = z.infer<typeof liveScoresSchema>;

const filterTally = { n: z.number().int(), hits: z.number().int() };

/** A filter of forecasts: the threshold found before the sealed year, and what it came to in that year. */
const filterSchema = z.object({
  kind: z.enum(['everything', 'championship', 'result', 'set', 'agreement', 'value']),
  /** The championship's code, the result, or the least value; null where the kind says it all. */
  value: z.string().nullable(),
  /** Forecasts before the sealed year that it lets through. */
  considered: z.number().int(),
  status: z.enum(['selected', 'target-not-reached', 'not-enough-history']),
  /** Thresholds looked at. */
  tried: z.number().int(),
  chosen: z
    .object({ threshold: z.number(), ...filterTally, bound: z.number(), sealed: z.object(filterTally) })
    .nullable(),
  /** What taking past hit rates at face value would have chosen. */
  naive: z.object({ threshold: z.number(), ...filterTally, sealed: z.object(filterTally) }).nullable(),
});
export type EvaluationFilter = z.infer<typeof filterSchema>;

const filterStudySchema = z.object({
  target: z.number(),
  delta: z.number(),
  sealedFrom: z.string(),
  sealedUntil: z.string(),
  /** Matches before the sealed year, and in it. */
  before: z.number().int(),
  sealed: z.number().int(),
  /** Filters with enough history, which share delta, and the thresholds looked at in all of them. */
  families: z.number().int(),
  tried: z.number().int(),
  filters: z.array(filterSchema),
});
export type EvaluationFilterStudy = z.infer<typeof filterStudySchema>;

const measured = { value: z.number(), low: z.number(), high: z.number() };

/** Two models that differ in what their rating of attack and defence is fed with; every season forecast from earlier days. */
const expectedGoalsSchema = z.object({
  matches: z.number().int(),
  /** First years. */
  seasons: z.array(z.number().int()),
  logLoss: z.object({ baseRate: z.number(), without: z.number(), with: z.number(), market: z.number() }),
  /** Share of the way from base rate to closing market, with 95 % block-bootstrap intervals by day. */
  gapClosed: z.object({ without: z.object(measured), with: z.object(measured) }),
  /** Gap closed with less gap closed without, in the same draws. */
  change: z.object(measured),
});
export type ExpectedGoalsComparison = z.infer<typeof expectedGoalsSchema>;

export const evaluationDetailsSchema = z.object({
  /** Those that are judged, with their names for readers. */
  championships: z.array(z.object({ code: z.string(), name: z.string(), isSample: z.boolean() })),
  slices: z.array(sliceSchema),
  diagnostics: z.array(diagnosticsSchema),
  reliability: z.array(reliabilitySchema),
  paired: z.array(pairedTestSchema),
  coverage: z.array(coverageRowSchema),
  coverageLaw: z.array(coverageLawSchema),
  setRules: z.array(setRuleSchema),
  martingale: martingaleSchema,
  /** Null with too little before the newest selection year. */
  filterStudy: filterStudySchema.nullable(),
  betting: bettingSchema.nullable(),
  live: z.array(liveScoresSchema),
  /** The other forecast types; null where no goal model's intensities are stored. */
  types: typesEvaluationSchema.nullable(),
  /** On all matches held; null where no two seasons have expected goals. */
  expectedGoals: expectedGoalsSchema.nullable(),
});
export type EvaluationDetails = z.infer<typeof evaluationDetailsSchema>;
