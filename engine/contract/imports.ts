import { z } from 'zod';
import { base } from './base.ts';

/** A file of the analyst's own, from its bytes to matches: looked at, given a meaning, tried, and only then written. */

/** Bytes of a piece: a message stays small, and progress can be shown. */
export const uploadPieceBytes = 512 * 1024;

const uploadId = z.string().regex(/^[0-9a-f]{32}$/, 'expected the name of an upload');
const encodingNames = ['utf-8', 'utf-16le', 'windows-1251', 'windows-1252'] as const;

const noteSchema = z.object({ line: z.number().int(), reason: z.string() });

const columnProfileSchema = z.object({
  name: z.string(),
  /** Cells with something in them. */
  filled: z.number().int(),
  numbers: z.number().int(),
  days: z.number().int(),
  /** Numbers with a comma for a point. */
  decimalCommas: z.number().int(),
  /** Of a column that is all but full of numbers or days: the cells that are none, with their lines. */
  strays: z.array(z.object({ line: z.number().int(), value: z.string() })),
  samples: z.array(z.string()),
});
export type ColumnProfile = z.infer<typeof columnProfileSchema>;

const previewSchema = z.object({
  /** The sheets of a workbook and the one that is looked at; null for other files. */
  sheets: z.object({ names: z.array(z.string()), chosen: z.string() }).nullable(),
  encoding: z.enum(encodingNames),
  delimiter: z.string(),
  rowCount: z.number().int(),
  columns: z.array(columnProfileSchema),
  /** The first rows as texts. */
  rows: z.array(z.array(z.string())),
  /** What the columns seem to mean; to be looked at. */
  suggestion: z.object({
    columns: z.record(z.string(), z.string()),
    championshipColumn: z.string().nullable(),
    odds: z.array(z.object({ bookmaker: z.string(), isClosing: z.boolean(), columns: z.array(z.string()) })),
  }),
});
export type ImportPreview = z.infer<typeof previewSchema>;

const mappingSchema = z.record(z.string(), z.unknown());

const trialSchema = z.object({
  rowsRead: z.number().int(),
  /** What would be new, changed and as it is; null where names stop the file. */
  matches: z
    .object({ new: z.number().int(), changed: z.number().int(), unchanged: z.number().int() })
    .nullable(),
  quotes: z
    .object({ new: z.number().int(), changed: z.number().int(), unchanged: z.number().int() })
    .nullable(),
  refusedCount: z.number().int(),
  refused: z.array(noteSchema),
  warningCount: z.number().int(),
  warnings: z.array(noteSchema),
  conflicts: z.array(noteSchema),
  newTeams: z.array(z.string()),
  unresolved: z.array(
    z.object({
      name: z.string(),
      suggestions: z.array(z.object({ team: z.string(), score: z.number() })),
    }),
  ),
});
export type ImportTrial = z.infer<typeof trialSchema>;

export const importProcedures = {
  /** Championships that a file may be of: those of the registry. */
  championships: base.output(
    z.array(
      z.object({ code: z.string(), name: z.object({ en: z.string(), ru: z.string() }), country: z.string() }),
    ),
  ),
  /**
   * A piece of a file in base64; the first names the file and begins an upload. JSON of rows becomes a table, and so
   * does the first sheet of a workbook (.xlsx) that holds rows.
   */
  upload: base
    .input(
      z.object({
        uploadId: uploadId.optional(),
        name: z.string().min(1).max(255),
        base64: z.string().max(uploadPieceBytes * 2),
        isLast: z.boolean(),
      }),
    )
    .output(z.object({ uploadId, bytes: z.number().int() })),
  /** A file of this computer by its whole path, such as the desktop program was opened with. */
  open: base
    .input(
      z.object({
        path: z
          .string()
          .max(4000)
          .regex(/^(\/|[A-Za-z]:[\\/]|\\\\)/, 'expected a whole path, from the root on'),
      }),
    )
    .output(z.object({ uploadId, bytes: z.number().int(), name: z.string() })),
  preview: base
    .input(
      z.object({
        uploadId,
        encoding: z.enum(encodingNames).optional(),
        delimiter: z.string().length(1).optional(),
        /** Another sheet of a workbook than the one before. */
        sheet: z.string().max(255).optional(),
      }),
    )
    .output(previewSchema),
  /** Reads the file as a run would, and keeps nothing of it. */
  tryOut: base.input(z.object({ uploadId, mapping: mappingSchema })).output(trialSchema),
  /** Starts the run that writes it. The change set takes it back. */
  start: base
    .input(z.object({ uploadId, mapping: mappingSchema, subject: z.string().max(255) }))
    .output(z.object({ runId: z.number().int(), changeSetId: z.number().int() })),
  /** Forgets a file that is not to be imported after all. */
  discard: base.input(z.object({ uploadId })).output(z.object({ discarded: z.boolean() })),
} as const;
