import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { base } from './base.ts';
import { languages } from './domain.ts';

/** Tables of any screen, written by the very writers that make the published documents. */

/** The formats that a table can take, the ones for programs first. */
export const exportFormats = ['csv', 'xlsx', 'json', 'html', 'md', 'pdf'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/**
 * Rows that a format takes. Formats for programs take what the largest grid holds; a page or a paper of that length
 * would open nowhere.
 */
export const mostExportRows: Readonly<Record<ExportFormat, number>> = {
  csv: 200_000,
  xlsx: 200_000,
  json: 200_000,
  html: 10_000,
  md: 10_000,
  pdf: 2_000,
};

/**
 * What a column holds. `percent` is a share from 0 to 1, `odds` are decimal odds, `instant` is epoch milliseconds, `day`
 * is `YYYY-MM-DD`; `digits` is for the eye alone, files for programs keep every digit.
 */
export const exportColumnSchema = z.object({
  /** Stable and in English; dots nest in JSON: `probability.home`. */
  key: z.string().regex(/^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)*$/, 'expected names joined by dots'),
  /** As the screen shows it, in the language of the file. */
  heading: z.string().max(200),
  kind: z.enum(['text', 'integer', 'number', 'percent', 'odds', 'day', 'instant', 'flag']),
  digits: z.number().int().min(0).max(12).optional(),
});
export type ExportColumn = z.infer<typeof exportColumnSchema>;

const value = z.union([z.string().max(10_000), z.number(), z.boolean(), z.null()]);

export const exportTableSchema = z.object({
  /** Of the file, without its ending; anything but letters, digits and hyphens becomes a hyphen. */
  name: z.string().min(1).max(120),
  title: z.string().max(300),
  /** Filters, period, source: what the reader must know to read the table. */
  subtitle: z.string().max(1000).default(''),
  notes: z.array(z.string().max(2000)).max(20).default([]),
  /** In which instants are shown; files for programs hold UTC. */
  zone: z.string().max(64).default('UTC'),
  columns: z.array(exportColumnSchema).min(1).max(200),
  /** One value per column; null is missing. */
  rows: z.array(z.array(value)).max(200_000),
});
export type ExportTable = z.infer<typeof exportTableSchema>;

const request = z.object({
  table: exportTableSchema,
  format: z.enum(exportFormats),
  language: z.enum(languages),
});

/** First the file's head, then its bytes in pieces of at most some hundred kilobytes. */
const pieceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('head'), name: z.string(), mediaType: z.string(), bytes: z.number().int() }),
  z.object({ kind: z.literal('bytes'), base64: z.string() }),
]);

export const exportProcedures = {
  formats: base.output(
    z.array(z.object({ format: z.enum(exportFormats), mediaType: z.string(), mostRows: z.number().int() })),
  ),
  /** The file in pieces; leaving the loop stops the work. USAGE where the table is too long for the format. */
  table: base.input(request).output(eventIterator(pieceSchema)),
  /** Writes the file under `exports/` in the home folder; a name that is taken gets a number. */
  save: base.input(request).output(z.object({ path: z.string(), bytes: z.number().int() })),
} as const;
