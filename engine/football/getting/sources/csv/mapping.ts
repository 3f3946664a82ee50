import { z } from 'zod';
import { parseMapping } from '../../mapping.ts';
import { isZone } from '../../../../contract/zones.ts';
import { markets, phases } from '../../../../../db/storage/football/match-batch.ts';
import { encodings } from '../../decode.ts';

/**
 * What the columns of any table mean: the `--mapping` file of the `csv` source. Every value names a column of the file,
 * unless it is said to be fixed.
 */
const column = z.string().min(1);

export const mappingSchema = z.strictObject({
  /** Under this name aliases of its team names are kept; default `csv`. */
  source: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'expected small letters, digits and hyphens')
    .default('csv'),
  /** One championship for the whole file (`code`), or a column whose values are translated (`{"EPL": "E0"}`). */
  championship: z.union([
    z.strictObject({ code: z.string() }),
    z.strictObject({ column, codes: z.record(z.string(), z.string()) }),
  ]),
  /** One season for the whole file, a column, or nothing: then the days say it. */
  season: z.union([z.strictObject({ value: z.string() }), z.strictObject({ column })]).optional(),
  columns: z.strictObject({
    date: column,
    time: column.optional(),
    home: column,
    away: column,
    homeGoals: column,
    awayGoals: column,
    result: column.optional(),
    homeGoalsHalfTime: column.optional(),
    awayGoalsHalfTime: column.optional(),
    round: column.optional(),
    homeShots: column.optional(),
    awayShots: column.optional(),
    homeShotsOnTarget: column.optional(),
    awayShotsOnTarget: column.optional(),
    homeCorners: column.optional(),
    awayCorners: column.optional(),
    homeFouls: column.optional(),
    awayFouls: column.optional(),
    homeYellowCards: column.optional(),
    awayYellowCards: column.optional(),
    homeRedCards: column.optional(),
    awayRedCards: column.optional(),
    homeExpectedGoals: column.optional(),
    awayExpectedGoals: column.optional(),
  }),
  /** Zone of the times; default the championship's. */
  zone: z.string().refine(isZone, 'expected an IANA zone').optional(),
  /** Default found out. */
  delimiter: z.string().length(1).optional(),
  encoding: z.enum(encodings).optional(),
  odds: z
    .array(
      z.strictObject({
        bookmaker: z.strictObject({
          code: z.string().min(1),
          name: z.string().min(1).optional(),
          kind: z.enum(['bookmaker', 'exchange', 'average', 'best']).default('bookmaker'),
        }),
        market: z.enum(Object.keys(markets) as [keyof typeof markets]),
        phase: z.enum(Object.keys(phases) as [keyof typeof phases]).default('preMatch'),
        /** One column a selection, in the market's order. */
        columns: z.array(column).min(2).max(3),
        /** A fixed line or the column that holds it. */
        line: z.union([z.number(), column]).default(0),
      }),
    )
    .default([]),
});
export type Mapping = z.infer<typeof mappingSchema>;

/** Columns of statistics in the order of `statisticColumns`. */
export const statisticFields = [
  'homeShots',
  'awayShots',
  'homeShotsOnTarget',
  'awayShotsOnTarget',
  'homeCorners',
  'awayCorners',
  'homeFouls',
  'awayFouls',
  'homeYellowCards',
  'awayYellowCards',
  'homeRedCards',
  'awayRedCards',
  'homeExpectedGoals',
  'awayExpectedGoals',
] as const satisfies readonly (keyof Mapping['columns'])[];

/** @throws AppError `CONFIGURATION_INVALID` naming what is wrong with the mapping */
export function readMapping(given: unknown): Mapping {
  return parseMapping(mappingSchema, given, { source: 'csv', names: 'the columns' });
}
