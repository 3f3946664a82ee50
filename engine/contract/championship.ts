import { z } from 'zod';
import { base } from './base.ts';
import {
  championshipRefSchema,
  daySchema,
  matchViewSchema,
  meanSchema,
  rateSchema,
  teamRefSchema,
} from './match-view.ts';
import { ratingSeriesSchema } from './match.ts';

/** The screens of a championship and, in part, of a team. */

const where = z.object({
  code: z.string().min(1).max(10),
  /** Default: the season in play, else the newest. */
  season: z.string().max(20).optional(),
  /** Default: today. Only matches up to the end of this day count. */
  asOf: daySchema.optional(),
});

/** How a season is decided. `table` alone has places that lead up or down. */
export const seasonShapes = [
  'table',
  'two-tournaments',
  'zones',
  'conferences',
  'split-halved',
  'groups-and-knock-out',
  'league-phase-and-knock-out',
  'unknown',
] as const;
export type SeasonShape = (typeof seasonShapes)[number];

const formatSchema = z.object({
  shape: z.enum(seasonShapes),
  clubs: z.number().int().nullable(),
  matches: z.number().int().nullable(),
  upper: z.number().int().nullable(),
  lower: z.number().int().nullable(),
});
export type FormatView = z.infer<typeof formatSchema>;

const formMatchSchema = z.object({
  matchId: z.number().int(),
  result: z.enum(['W', 'D', 'L']),
  opponent: z.string(),
  score: z.string(),
  isHome: z.boolean(),
  day: z.string(),
});
export type FormMatch = z.infer<typeof formMatchSchema>;

export const tableLineSchema = z.object({
  team: teamRefSchema,
  position: z.number().int(),
  /** Places gained since a week before; null where it had none then. */
  moved: z.number().int().nullable(),
  played: z.number().int(),
  won: z.number().int(),
  drawn: z.number().int(),
  lost: z.number().int(),
  goalsFor: z.number().int(),
  goalsAgainst: z.number().int(),
  points: z.number().int(),
  homePoints: z.number().int(),
  homePlayed: z.number().int(),
  awayPoints: z.number().int(),
  awayPlayed: z.number().int(),
  /** Newest last. */
  form: z.array(formMatchSchema),
});
export type TableLine = z.infer<typeof tableLineSchema>;

const showSchema = z.object({
  championship: championshipRefSchema,
  tier: z.number().int(),
  seasons: z.array(
    z.object({
      code: z.string(),
      firstYear: z.number().int(),
      matches: z.number().int(),
      played: z.number().int(),
      firstDay: z.string(),
      lastDay: z.string(),
    }),
  ),
  season: z.string(),
  today: z.string(),
  asOf: z.string(),
  format: formatSchema,
  table: z.array(tableLineSchema),
  next: z.array(matchViewSchema),
  recent: z.array(matchViewSchema),
});
export type ChampionshipShow = z.infer<typeof showSchema>;

const projectedSchema = z.object({
  team: teamRefSchema,
  points: z.number().int(),
  /** Mean of the final points, and what 80 % of the simulated seasons lie between. */
  expectedPoints: z.number(),
  low: z.number().int(),
  high: z.number().int(),
  /** Share of the seasons that ended in each place, first place first. */
  positions: z.array(z.number()),
  expectedPosition: z.number(),
});
export type ProjectedTeam = z.infer<typeof projectedSchema>;

const projectionSchema = z.object({
  draws: z.number().int(),
  seed: z.number().int(),
  asOf: z.string(),
  /** Matches played, matches simulated by a published forecast, by the goal model, and not simulated at all. */
  matches: z.object({
    played: z.number().int(),
    published: z.number().int(),
    modelled: z.number().int(),
    unknown: z.number().int(),
  }),
  format: formatSchema,
  teams: z.array(projectedSchema),
});
export type Projection = z.infer<typeof projectionSchema>;

const advantageSchema = z.object({
  season: z.string(),
  home: rateSchema,
  draw: rateSchema,
  away: rateSchema,
  /** Goals of the home side less those of the away side. */
  goalDifference: meanSchema,
});
export type SeasonAdvantage = z.infer<typeof advantageSchema>;

/** What the forecasts came to over some matches. */
export const recordSchema = z.object({
  origin: z.enum(['live', 'replay']),
  season: z.string().nullable(),
  hits: rateSchema,
  expectedHits: z.number(),
  logLoss: meanSchema,
  rankedProbabilityScore: meanSchema,
  /** On the matches with a price: ours and the fair price's. */
  againstPrice: z.object({ ours: meanSchema, price: meanSchema }),
  held80: rateSchema,
  held90: rateSchema,
});
export type ForecastRecord = z.infer<typeof recordSchema>;

export const championshipProcedures = {
  list: base.output(
    z.array(
      z.object({
        championship: championshipRefSchema,
        tier: z.number().int(),
        seasons: z.number().int(),
        matches: z.number().int(),
        lastDay: z.string(),
      }),
    ),
  ),
  show: base.input(where).output(showSchema),
  projection: base
    .input(
      where.extend({
        draws: z.number().int().min(100).max(100_000).default(10_000),
        seed: z.number().int().min(0).default(1),
      }),
    )
    .output(projectionSchema),
  ratings: base
    .input(where.extend({ seasons: z.number().int().min(1).max(40).default(6) }))
    .output(z.array(ratingSeriesSchema)),
  homeAdvantage: base.input(where.pick({ code: true })).output(z.array(advantageSchema)),
  record: base.input(where.pick({ code: true })).output(z.array(recordSchema)),
} as const;
