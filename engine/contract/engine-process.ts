import { z } from 'zod';
import { errorCodes } from './errors.ts';
import { languages } from './domain.ts';
import { noticeWishesSchema } from './notices.ts';

/**
 * What the desktop's main process and the engine's process say to each other. The contract itself does not go this way:
 * each window has a port of its own to the engine, which `connect` hands over.
 */

/** From the main process to the engine's. */
export const toEngineSchema = z.discriminatedUnion('kind', [
  /** First of all, and once. */
  z.object({
    kind: z.literal('start'),
    /** Where everything is kept; default the platform's place for it. */
    home: z.string().optional(),
    /** Starts nothing by itself: no schedule. */
    safeMode: z.boolean(),
  }),
  /** Comes with one port; the contract is served on it. */
  z.object({ kind: z.literal('connect') }),
  /** The answer to `secret`. A refusal has no value and says why. */
  z.object({
    kind: z.literal('secret-answer'),
    id: z.number().int(),
    value: z.union([z.string(), z.array(z.string()), z.null()]),
    refusal: z.string().optional(),
  }),
  z.object({
    kind: z.literal('power'),
    /** The machine is about to sleep, or has woken. */
    change: z.enum(['suspend', 'resume', 'battery', 'mains']),
  }),
  /** Finish what must not be cut off, then end. */
  z.object({ kind: z.literal('stop') }),
]);
export type ToEngine = z.infer<typeof toEngineSchema>;

/** Settings that the shell itself goes by. */
export const shellSettingsSchema = z.object({
  language: z.enum(languages),
  closeToTray: z.boolean(),
  offline: z.boolean(),
  notices: noticeWishesSchema,
});
export type ShellSettings = z.infer<typeof shellSettingsSchema>;

/** From the engine's process to the main process. */
export const fromEngineSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ready'),
    /** The folders that the program writes to, absolute. */
    folders: z.array(z.string()),
  }),
  /** It cannot start; the process ends after this. */
  z.object({ kind: z.literal('failed'), code: z.enum(errorCodes), message: z.string() }),
  z.object({ kind: z.literal('settings'), settings: shellSettingsSchema }),
  /** What is under way: drives the task bar, and holds updates back. */
  z.object({
    kind: z.literal('work'),
    running: z.number().int().nonnegative(),
    queued: z.number().int().nonnegative(),
    /** 0 to 1 of the run under way; null when unknown. */
    fraction: z.number().min(0).max(1).nullable(),
  }),
  /** A run is over. */
  z.object({
    kind: z.literal('run-ended'),
    runId: z.number().int(),
    stage: z.string(),
    state: z.enum(['done', 'failed', 'cancelled', 'interrupted']),
    durationMs: z.number().nonnegative(),
    errorCode: z.enum(errorCodes).nullable(),
    /** The same as a sentence in the analyst's language. */
    errorText: z.string().nullable(),
  }),
  /** The watch has raised an alert; the sentence is in the analyst's language. */
  z.object({ kind: z.literal('alert'), title: z.string(), address: z.string().nullable() }),
  z.object({
    kind: z.literal('secret'),
    id: z.number().int(),
    operation: z.enum(['get', 'set', 'remove', 'names']),
    name: z.string().max(200),
    secret: z.string().max(100_000).optional(),
  }),
]);
export type FromEngine = z.infer<typeof fromEngineSchema>;
