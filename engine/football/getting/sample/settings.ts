import { readFileSync } from 'node:fs';
import { z } from 'zod';

const leagueSchema = z.strictObject({
  code: z.string(),
  /** Clubs of the top tier; the remaining names play below it, unseen. */
  clubs: z.int().min(4).multipleOf(2),
  /** Clubs that go down, and up, after each season. */
  relegated: z.int().min(0),
  /** Mean goals of two average clubs. */
  goals: z.strictObject({ home: z.number().positive(), away: z.number().positive() }),
  /** Standard deviation of the clubs' strength, in log goals. */
  spread: z.number().positive(),
  names: z.array(z.string()),
});
export type SampleLeague = Readonly<z.infer<typeof leagueSchema>>;

const settingsSchema = z.strictObject({
  seed: z.int().min(0),
  /** The season in which the sample's world begins: it is played through from there, whatever is shown. */
  firstSeason: z.int(),
  /** How many seasons, counted back from the current one, are written. */
  seasonsWritten: z.int().min(1),
  /** How many days ahead fixtures are announced; where fewer than two rounds lie within, the next two rounds are. */
  fixtureDays: z.int().min(1),
  leagues: z.array(leagueSchema),
});
export type SampleSettings = Readonly<z.infer<typeof settingsSchema>>;

/** The shipped settings of the sample championships. */
export function readSampleSettings(): SampleSettings {
  const file = new URL('../../../../resources/sample.json', import.meta.url);
  return settingsSchema.parse(JSON.parse(readFileSync(file, 'utf8')) as unknown);
}
