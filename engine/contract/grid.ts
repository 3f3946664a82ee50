import { z } from 'zod';

/** What a grid asks for: its order and its filters, typed by what a column holds. */

export const gridSortSchema = z.object({
  column: z.string().min(1).max(60),
  direction: z.enum(['asc', 'desc']),
});
export type GridSort = z.infer<typeof gridSortSchema>;

const isoDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a day as YYYY-MM-DD');

export const gridFilterSchema = z.discriminatedUnion('kind', [
  /** Texts that contain this, whatever the case and the accents. */
  z.object({ kind: z.literal('text'), contains: z.string().min(1).max(200) }),
  /** Numbers from `min` to `max`, both within; a missing value never fits. */
  z.object({ kind: z.literal('number'), min: z.number().optional(), max: z.number().optional() }),
  /** Days from one to another, both within. */
  z.object({ kind: z.literal('day'), from: isoDay.optional(), until: isoDay.optional() }),
  /** Any of these values. */
  z.object({ kind: z.literal('set'), values: z.array(z.string().max(200)).min(1).max(500) }),
]);
export type GridFilter = z.infer<typeof gridFilterSchema>;

/** Filters by column; all of them must fit. */
export const gridFiltersSchema = z.record(z.string().max(60), gridFilterSchema);
export type GridFilters = z.infer<typeof gridFiltersSchema>;
