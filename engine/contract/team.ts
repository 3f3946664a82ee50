import { z } from 'zod';
import { base } from './base.ts';
import { recordSchema, tableLineSchema } from './championship.ts';
import {
  championshipRefSchema,
  daySchema,
  matchViewSchema,
  meanSchema,
  namesSchema,
  teamRefSchema,
} from './match-view.ts';
import { ratingSeriesSchema } from './match.ts';

/** The screen of a team. */

const teamId = z.object({ teamId: z.number().int().positive() });

const showSchema = z.object({
  team: teamRefSchema,
  country: namesSchema,
  today: z.string(),
  /** Newest season first; the line as the season ended or stands. */
  seasons: z.array(
    z.object({
      championship: championshipRefSchema,
      season: z.string(),
      clubs: z.number().int(),
      isInPlay: z.boolean(),
      line: tableLineSchema,
    }),
  ),
  recent: z.array(matchViewSchema),
  next: z.array(matchViewSchema),
});
export type TeamShow = z.infer<typeof showSchema>;

const source = z.object({ knownAt: z.number(), source: z.string() });
const factsSchema = z.object({
  absences: z.array(
    source.extend({
      player: z.string(),
      reason: z.enum(['injury', 'suspension', 'other']),
      isKey: z.boolean(),
      backAt: z.number().nullable(),
      isOut: z.boolean(),
    }),
  ),
  managers: z.array(source.extend({ name: z.string() })),
  squadValues: z.array(source.extend({ millionEuros: z.number() })),
  stadium: source
    .extend({ name: z.string().nullable(), latitude: z.number(), longitude: z.number() })
    .nullable(),
  news: z.array(
    source.extend({
      id: z.number().int(),
      title: z.string(),
      text: z.string(),
      language: z.enum(['en', 'ru']),
      /** Only http and https addresses; anything else is left out. */
      address: z.string().nullable(),
      publishedAt: z.number().nullable(),
      scorer: z.string().nullable(),
      sentiment: z.number().nullable(),
      injurySeverity: z.number().nullable(),
      managerConfidence: z.number().nullable(),
    }),
  ),
});
export type TeamFacts = z.infer<typeof factsSchema>;

export const teamProcedures = {
  show: base.input(teamId).output(showSchema),
  ratings: base
    .input(teamId.extend({ seasons: z.number().int().min(1).max(40).default(10) }))
    .output(z.array(ratingSeriesSchema)),
  /** What our forecasts of its matches came to, and how its points compare with those we expected. */
  record: base.input(teamId).output(
    z.object({
      records: z.array(recordSchema),
      /** Points won less points expected, a match. */
      surplus: z.array(z.object({ venue: z.enum(['all', 'home', 'away']), points: meanSchema })),
    }),
  ),
  facts: base.input(teamId.extend({ asOf: daySchema.optional() })).output(factsSchema),
} as const;
