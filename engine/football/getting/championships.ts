import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { sports } from '../../contract/domain.ts';
import { seasonShapes, type SeasonShape } from '../../contract/championship.ts';
import type { Day } from '../../contract/domain.ts';
import { AppError } from '../../contract/errors.ts';
import { isZone } from '../../contract/zones.ts';

/**
 * The championships that the sources know, from `resources/championships.json`.
 *
 * `zone` is where the matches are played: sources that write local times are read in it. `dayZone` is the zone of the
 * calendar in which match days are counted, where that is another one: football-data writes American matches in the
 * UK's days, so that an evening in Los Angeles belongs to the next day. With days counted in the UK too, a day begins
 * before all its matches.
 */
const formatSchema = z.strictObject({
  /** First year of the first season played so; the next entry ends it. */
  from: z.int(),
  clubs: z.int().min(2),
  /** Matches of a club in the whole season, as planned before it. */
  matches: z.int().min(1),
  /** Places from the top that lead upwards: to European cups in a first tier, else to promotion and its play-offs. */
  upper: z.int().min(0),
  /** Places from the bottom that lead down, relegation play-offs included. */
  lower: z.int().min(0),
});
export type SeasonFormat = Readonly<z.infer<typeof formatSchema>>;

/** How the seasons from a year on are decided where no single table does that. */
const shapeSchema = z.strictObject({
  from: z.int(),
  shape: z.enum(seasonShapes),
});

const championshipSchema = z.strictObject({
  code: z.string().regex(/^[A-Z0-9]{2,5}$/),
  name: z.strictObject({ en: z.string(), ru: z.string() }),
  sport: z.enum(sports).default('football'),
  country: z.string(),
  tier: z.int().min(1),
  zone: z.string().refine(isZone, 'expected an IANA zone'),
  dayZone: z.string().refine(isZone, 'expected an IANA zone').optional(),
  seasonRule: z.enum(['autumn-spring', 'calendar']),
  /** First season that the sources have; asking for earlier ones would only be refused. */
  firstSeason: z.int(),
  isSample: z.boolean().default(false),
  /** How seasons are played, in order of time; none where the format does not fit (play-offs for the title, say). */
  formats: z.array(formatSchema).default([]),
  /** In order of time; a format of the same year or a later one ends an entry. */
  shapes: z.array(shapeSchema).default([]),
  sources: z.strictObject({
    'football-data': z.enum(['season', 'extra']).optional(),
    openfootball: z.string().optional(),
    baltbet: z.int().optional(),
  }),
});
export type Championship = Readonly<z.infer<typeof championshipSchema>>;

const registrySchema = z.strictObject({
  countries: z.array(
    z.strictObject({ code: z.string(), name: z.strictObject({ en: z.string(), ru: z.string() }) }),
  ),
  championships: z.array(championshipSchema),
});

const registry = registrySchema.parse(
  JSON.parse(
    readFileSync(new URL('../../../resources/championships.json', import.meta.url), 'utf8'),
  ) as unknown,
);

export const championships: readonly Championship[] = registry.championships;

/** The English name of a country. */
export function countryName(code: string): string {
  return registry.countries.find((country) => country.code === code)?.name.en ?? code;
}

/** A country's names; a code that the register does not know stands for itself. */
export function countryNames(code: string): { readonly en: string; readonly ru: string } {
  return registry.countries.find((country) => country.code === code)?.name ?? { en: code, ru: code };
}

const byCode = new Map(championships.map((one) => [one.code, one]));

/** The championship of a code, or undefined. */
export function findChampionship(code: string): Championship | undefined {
  return byCode.get(code);
}

/** The championship of a code. @throws AppError `NOT_FOUND` naming the known codes */
export function championshipOf(code: string): Championship {
  const found = byCode.get(code);
  if (found) return found;
  throw new AppError(
    'NOT_FOUND',
    `There is no championship with the code '${code}'. Known codes: ${[...byCode.keys()].join(', ')}.`,
    { detail: { championship: code } },
  );
}

/** How the season that begins in a year is played; undefined where it is not on record. */
export function formatOf(championship: Championship, firstYear: number): SeasonFormat | undefined {
  const format = championship.formats.findLast(({ from }) => from <= firstYear);
  const shape = championship.shapes.findLast(({ from }) => from <= firstYear);
  return format && shape && shape.shape !== 'table' && shape.from >= format.from ? undefined : format;
}

/** How the season that begins in a year is decided: by one table where a format is on record for it. */
export function shapeOf(championship: Championship, firstYear: number): SeasonShape {
  const format = formatOf(championship, firstYear);
  return (
    championship.shapes.findLast(({ from }) => from <= firstYear)?.shape ?? (format ? 'table' : 'unknown')
  );
}

/** The zone in which a championship's match days begin and end. */
export function dayZoneOf(championship: Championship): string {
  return championship.dayZone ?? championship.zone;
}

export interface Season {
  readonly code: string;
  readonly firstYear: number;
}

/** The season of a championship that begins in a year: `2016/17` or `2023`. */
export function seasonOf(championship: Championship, firstYear: number): Season {
  const code =
    championship.seasonRule === 'calendar'
      ? String(firstYear)
      : `${firstYear}/${String((firstYear + 1) % 100).padStart(2, '0')}`;
  return { code, firstYear };
}

/**
 * The season that a day belongs to by the ordinary calendar (autumn-spring: from July). Seasons that were moved are
 * known only by their other matches; whoever has them should ask those first.
 */
export function seasonAt(championship: Championship, day: Day): Season {
  const year = Number(day.slice(0, 4));
  const isSecondHalf = Number(day.slice(5, 7)) >= 7;
  return seasonOf(championship, championship.seasonRule === 'calendar' || isSecondHalf ? year : year - 1);
}

/**
 * Reads `0506`, `2005/06`, `2005-06`, `2005/2006`, `2005-2006` or `2023` as a season's first year. `2021` is the season
 * 2020/21 where seasons run from autumn to spring, and the year 2021 where they do not.
 */
export function seasonStart(text: string, rule: Championship['seasonRule']): number | undefined {
  const short = /^(\d\d)(\d\d)$/.exec(text);
  if (rule === 'autumn-spring' && short && (Number(short[1]) + 1) % 100 === Number(short[2])) {
    const year = Number(short[1]);
    return year >= 80 ? 1900 + year : 2000 + year;
  }
  const long = /^(\d{4})(?:[/_-](?:\d{4}|\d\d))?$/.exec(text);
  const year = long ? Number(long[1]) : NaN;
  return year >= 1900 && year <= 2100 ? year : undefined;
}
