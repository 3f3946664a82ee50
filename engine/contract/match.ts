import { z } from 'zod';
import { base } from './base.ts';
import { explanationSchema } from './explanation.ts';
import { classSchema, matchViewSchema, rateSchema, teamRefSchema, threeSchema } from './match-view.ts';

/** Everything that the screen of one match shows, in parts that can be asked for separately. */

const matchId = z.object({ matchId: z.number().int().positive() });
const odds = z.number().nullable();

const statisticsSchema = z.array(
  z.object({ name: z.string(), home: z.number().nullable(), away: z.number().nullable() }),
);

const showSchema = z.object({
  match: matchViewSchema,
  tier: z.number().int(),
  source: z.string(),
  halfTime: z.object({ home: z.number().int(), away: z.number().int() }).nullable(),
  decidedBy: z.string().nullable(),
  statistics: statisticsSchema,
  /** How the set and the probabilities came about; null without a forecast. */
  making: z
    .object({
      temperature: z.number().nullable(),
      calibrationCount: z.number().int(),
      windowScope: z.enum(['championship', 'pooled', 'none']),
      windowCount: z.number().int(),
      pValues: z.object({ H: z.number().nullable(), D: z.number().nullable(), A: z.number().nullable() }),
    })
    .nullable(),
  /** Fair probabilities of the price, its margin removed by Shin's method. */
  fair: threeSchema.nullable(),
  margin: z.number().nullable(),
});
export type MatchShow = z.infer<typeof showSchema>;

const selectionSchema = z.object({
  selection: z.string(),
  win: z.number(),
  halfWin: z.number(),
  push: z.number(),
  halfLoss: z.number(),
  loss: z.number(),
  probability: z.number(),
  /** Null for what cannot happen. */
  fairOdds: odds,
});

/** What the stored forecast says of a type: sets and intervals that rest on earlier matches. */
const storedTypeSchema = z.object({
  label: z.string(),
  probability: z.number(),
  set80: z.number().int().nullable(),
  set90: z.number().int().nullable(),
  interval80: z.tuple([z.number(), z.number()]).nullable(),
  interval90: z.tuple([z.number(), z.number()]).nullable(),
  confidence: z.number().nullable(),
  windowScope: z.enum(['championship', 'pooled', 'none']),
  windowCount: z.number().int(),
  quality: z
    .object({ target: z.number(), n: z.number().int(), hits: z.number().int(), bound: z.number() })
    .nullable(),
  /** Whether the label came true; null until the match is finished. */
  isHit: z.boolean().nullable(),
});

const jointTypeSchema = z.object({
  type: z.string(),
  originCode: z.number().int().nullable(),
  kind: z.enum(['market', 'amount', 'points']),
  line: z.number().nullable(),
  selections: z.array(selectionSchema),
  expected: z.number().nullable(),
  median: z.number().nullable(),
  mostLikely: z.number().nullable(),
  points: z.object({ home: z.number(), away: z.number() }).nullable(),
  stored: storedTypeSchema.nullable(),
});
export type JointType = z.infer<typeof jointTypeSchema>;

const jointSchema = z.object({
  /** Goals a side go from 0 to size - 1. */
  size: z.number().int(),
  /** home x size + away. */
  cells: z.array(z.number()),
  expectedGoals: z.object({ home: z.number(), away: z.number() }),
  likeliest: z.array(z.object({ home: z.number().int(), away: z.number().int(), probability: z.number() })),
  model: z.object({
    law: z.string(),
    home: z.number(),
    away: z.number(),
    homeFactor: z.number(),
    awayFactor: z.number(),
    factorCount: z.number().int(),
  }),
  types: z.array(jointTypeSchema),
});
export type MatchJoint = z.infer<typeof jointSchema>;

const rangeSchema = z.object({
  low: z.number(),
  high: z.number(),
  /** 1 / high. */
  shortestOdds: odds,
  /** 1 / low; null where the probability may be 0. */
  longestOdds: odds,
});

const rangesSchema = z.object({
  /** Settled forecasts behind it. */
  n: z.number().int(),
  minimum: z.number().int(),
  scope: z.enum(['championship', 'pooled']),
  from: z.string().nullable(),
  until: z.string().nullable(),
  ranges: z.object({ H: rangeSchema, D: rangeSchema, A: rangeSchema }).nullable(),
});
export type MatchRanges = z.infer<typeof rangesSchema>;

const placedFeatureSchema = z.object({
  name: z.string(),
  set: z.string(),
  family: z.string(),
  group: z.string(),
  unit: z.string(),
  description: z.string(),
  formula: z.string().nullable(),
  asOf: z.string(),
  missing: z.string(),
  value: z.number().nullable(),
  /** Over the league's earlier matches: at 5, 25, 50, 75 and 95 %; null where none has a value. */
  quantiles: z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()]).nullable(),
  /** Share of them below the value, ties half. */
  below: z.number().nullable(),
  n: z.number().int(),
});
export type PlacedFeature = z.infer<typeof placedFeatureSchema>;

export const ratingSeriesSchema = z.object({
  /** `elo`, `pi`, `gapShotsOnTarget` ... */
  rating: z.string(),
  unit: z.string(),
  teams: z.array(
    z.object({
      team: teamRefSchema,
      /** As it stood before each match; `season` breaks the line where the club was away. */
      points: z.array(z.object({ day: z.string(), season: z.string(), value: z.number() })),
    }),
  ),
});
export type RatingSeries = z.infer<typeof ratingSeriesSchema>;

const meetingsSchema = z.object({
  /** From the home side's view of this match. */
  home: rateSchema,
  draw: rateSchema,
  away: rateSchema,
  goals: z.object({ home: z.number(), away: z.number() }).nullable(),
  matches: z.array(matchViewSchema),
});

const quoteSchema = z.object({
  bookmaker: z.string(),
  code: z.string(),
  kind: z.enum(['bookmaker', 'exchange', 'average', 'best']),
  phase: z.enum(['opening', 'pre-match', 'closing']),
  instant: z.number(),
  odds: z.array(z.number()),
  /** Margin removed by Shin's method; null where the prices allow none. */
  fair: z.array(z.number()).nullable(),
  margin: z.number(),
});
const pricesSchema = z.object({
  markets: z.array(
    z.object({
      market: z.string(),
      line: z.number().nullable(),
      selections: z.array(z.string()),
      /** Our probability of each selection; null without a forecast. */
      ours: z.array(z.number()).nullable(),
      quotes: z.array(quoteSchema),
    }),
  ),
  forecastAsOf: z.number().nullable(),
  kickOff: z.number(),
});
export type MatchPrices = z.infer<typeof pricesSchema>;

/** One figure of a step: the label is a key of the screen's texts. */
const factSchema = z.object({
  key: z.string(),
  value: z.union([z.string(), z.number(), z.null()]),
  kind: z.enum(['text', 'number', 'instant', 'day', 'hash', 'path', 'json', 'probability']),
});
const stepSchema = z.object({
  step: z.enum(['source', 'features', 'model', 'goals', 'calibration', 'forecast', 'document']),
  /** Null where the step has not been made. */
  instant: z.number().nullable(),
  rows: z.number().int().nullable(),
  runId: z.number().int().nullable(),
  facts: z.array(factSchema),
  items: z.array(z.array(factSchema)),
});
export type ProvenanceStep = z.infer<typeof stepSchema>;

export const matchProcedures = {
  show: base.input(matchId).output(showSchema),
  /** The grid and every type that follows from it; null where no grid was made. */
  joint: base.input(matchId).output(jointSchema.nullable()),
  ranges: base.input(matchId).output(rangesSchema),
  features: base.input(matchId).output(
    z.object({
      from: z.string().nullable(),
      until: z.string().nullable(),
      features: z.array(placedFeatureSchema),
    }),
  ),
  ratings: base
    .input(matchId.extend({ seasons: z.number().int().min(1).max(40).default(4) }))
    .output(z.array(ratingSeriesSchema)),
  /** As `matches.explain`, worked out beside the runs. */
  explanation: base.input(matchId).output(explanationSchema),
  meetings: base.input(matchId).output(meetingsSchema),
  prices: base.input(matchId).output(pricesSchema),
  provenance: base.input(matchId).output(
    z.object({
      steps: z.array(stepSchema),
      /** Everything that names the forecast, for a citation. */
      citation: z
        .object({
          version: z.string(),
          forecastId: z.number().int(),
          madeAt: z.number(),
          asOf: z.number(),
          family: z.string(),
          dataHash: z.string(),
          label: classSchema,
          probabilities: threeSchema,
        })
        .nullable(),
    }),
  ),
} as const;
