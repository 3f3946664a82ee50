import { z } from 'zod';
import { unfitToStore } from '../../../../contract/addresses.ts';
import { parseMapping } from '../../mapping.ts';

/** Which feeds there are, and of which teams: the `--mapping` file of the source `news`. */
const feedSchema = z.strictObject({
  /** Code of a championship that the team plays in. */
  championship: z.string(),
  team: z.string().min(1),
  address: z
    .url({ protocol: /^https?$/, error: 'expected an http or https address' })
    .superRefine((address, context) => {
      const message = unfitToStore(address);
      // It names the feed in reports and in the database.
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    }),
  /** The feed's file below `--from`, where feeds are read from a folder; default `<team>.xml`. */
  file: z.string().min(1).optional(),
  /** Only items with one of these words are kept; default all: the feed is of this team alone. */
  mentions: z.array(z.string().min(1)).min(1).optional(),
});

const newsMappingSchema = z.strictObject({
  source: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'expected small letters, digits and hyphens')
    .default('news'),
  feeds: z.array(feedSchema).min(1),
});
export type NewsMapping = z.infer<typeof newsMappingSchema>;
export type Feed = NewsMapping['feeds'][number];

/** @throws AppError `CONFIGURATION_INVALID` naming what is wrong with the mapping */
export function readNewsMapping(given: unknown): NewsMapping {
  return parseMapping(newsMappingSchema, given, { source: 'news', names: 'the feeds of the teams' });
}

/** Names a feed within its mapping, and its file in reports. */
export function keyOf(feed: Feed): string {
  return `${feed.championship}/${feed.team}/${feed.address}`;
}
