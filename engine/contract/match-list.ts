import { z } from 'zod';
import { base } from './base.ts';
import { matchStatuses } from './domain.ts';
import { gridFiltersSchema, gridSortSchema } from './grid.ts';

/** What the list of all matches can be sorted by; all but the last can be shown, all can be filtered. */
export const matchColumns = [
  'matchDay',
  'championship',
  'season',
  'home',
  'away',
  'status',
  'homeGoals',
  'awayGoals',
  'totalGoals',
  'homeExpectedGoals',
  'awayExpectedGoals',
  'probabilityHome',
  'probabilityDraw',
  'probabilityAway',
  'forecast',
  'isRight',
  'set80',
  'confidence',
  'quality',
  'origin',
  'closingHome',
  'closingDraw',
  'closingAway',
  /** Either of both teams: for filters. */
  'team',
] as const;
export type MatchColumn = (typeof matchColumns)[number];

const listedMatchSchema = z.object({
  matchId: z.number().int(),
  championship: z.string(),
  championshipName: z.string(),
  season: z.string(),
  matchDay: z.string(),
  kickOff: z.number(),
  kickOffPrecision: z.enum(['minute', 'day']),
  homeTeamId: z.number().int(),
  home: z.string(),
  awayTeamId: z.number().int(),
  away: z.string(),
  status: z.enum(matchStatuses),
  homeGoals: z.number().int().nullable(),
  awayGoals: z.number().int().nullable(),
  homeExpectedGoals: z.number().nullable(),
  awayExpectedGoals: z.number().nullable(),
  /** The newest forecast, one made before kick-off before a replayed one; null where there is none. */
  forecast: z
    .object({
      probabilities: z.object({ H: z.number(), D: z.number(), A: z.number() }),
      label: z.enum(['H', 'D', 'A']),
      origin: z.enum(['live', 'replay']),
      /** Bit mask: 1 home, 2 draw, 4 away; null where history is too short. */
      set80: z.number().int().nullable(),
      confidence: z.number().nullable(),
    })
    .nullable(),
  /** The record that a selected forecast rests on. */
  quality: z
    .object({ n: z.number().int(), hits: z.number().int(), bound: z.number(), target: z.number() })
    .nullable(),
  /** Decimal closing prices of the source that stands for the market best. */
  closing: z.object({ home: z.number(), draw: z.number(), away: z.number() }).nullable(),
});
export type ListedMatch = z.infer<typeof listedMatchSchema>;

export const matchListProcedures = {
  /** A window of all matches in an order, through filters. USAGE names a column that there is not. */
  page: base
    .input(
      z.object({
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(5000).default(200),
        /** Newest first where nothing is asked. */
        sort: z.array(gridSortSchema).max(6).default([]),
        filters: gridFiltersSchema.default({}),
      }),
    )
    .output(z.object({ total: z.number().int(), rows: z.array(listedMatchSchema) })),
  /** What the filters of championship and season offer. */
  choices: base.output(
    z.object({
      championships: z.array(z.object({ code: z.string(), name: z.string(), isSample: z.boolean() })),
      /** Newest first. */
      seasons: z.array(z.string()),
    }),
  ),
} as const;
