import { z } from 'zod';
import { parseMapping } from '../../mapping.ts';
import { isZone } from '../../../../contract/zones.ts';
import { encodings } from '../../decode.ts';

/** What the columns of a table of facts mean: the `--mapping` file of the source `facts`. Values name columns. */
const column = z.string().min(1);

const common = {
  /** Under this name aliases of its team names are kept; default `facts`. */
  source: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'expected small letters, digits and hyphens')
    .default('facts'),
  /** The championship whose teams the file speaks of, or a column whose values are translated. */
  championship: z.union([
    z.strictObject({ code: z.string() }),
    z.strictObject({ column, codes: z.record(z.string(), z.string()) }),
  ]),
  /** Zone of days and times without one of their own. */
  zone: z.string().refine(isZone, 'expected an IANA zone').default('UTC'),
  delimiter: z.string().length(1).optional(),
  encoding: z.enum(encodings).optional(),
};
const base = { team: column, knownAt: column };

export const factMappingSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('absence'),
    ...common,
    columns: z.strictObject({
      ...base,
      player: column,
      reason: column.optional(),
      isKey: column.optional(),
      backAt: column.optional(),
    }),
    /** The file's words for the reasons; a word that is not here is `other`. */
    reasons: z.record(z.string(), z.enum(['injury', 'suspension', 'other'])).default({}),
  }),
  z.strictObject({
    kind: z.literal('squad-value'),
    ...common,
    columns: z.strictObject({ ...base, value: column }),
    /** What one unit of the file is in million euros; 0.000001 where it gives euros. */
    unit: z.number().positive().default(1),
  }),
  z.strictObject({
    kind: z.literal('stadium'),
    ...common,
    columns: z.strictObject({ ...base, name: column.optional(), latitude: column, longitude: column }),
  }),
  z.strictObject({
    kind: z.literal('manager'),
    ...common,
    columns: z.strictObject({ ...base, name: column }),
  }),
]);
export type FactMapping = z.infer<typeof factMappingSchema>;

/** @throws AppError `CONFIGURATION_INVALID` naming what is wrong with the mapping */
export function readFactMapping(given: unknown): FactMapping {
  return parseMapping(factMappingSchema, given, { source: 'facts', names: 'the kind and the columns' });
}
