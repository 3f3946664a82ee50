import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { base } from './base.ts';
import { languages } from './domain.ts';
import { engineEventSchema } from './events.ts';

export const doctorFindingSchema = z.object({
  name: z.string(),
  status: z.enum(['pass', 'warn', 'fail']),
  message: z.string(),
});
export type DoctorFinding = z.infer<typeof doctorFindingSchema>;

const limit = z.number().int().min(1).max(10_000).default(100);

export const outgoingCallSchema = z.object({
  id: z.number().int(),
  instant: z.number(),
  purpose: z.string(),
  method: z.string(),
  host: z.string(),
  outcome: z.string(),
  bytes: z.number().nullable(),
  durationMs: z.number(),
});
export type OutgoingCall = z.infer<typeof outgoingCallSchema>;

export const systemProcedures = {
  doctor: base
    .route({ method: 'GET' })
    .output(z.object({ healthy: z.boolean(), findings: z.array(doctorFindingSchema) })),
  /** A verified copy, made beside everything else; given up where the caller goes away. */
  backup: base
    .input(
      z.object({
        folder: z.string().optional(),
        /** Goes into its name; of each reason the newest stay. */
        reason: z.enum(['manual', 'scheduled']).default('manual'),
      }),
    )
    .output(z.object({ file: z.string(), bytes: z.number(), sha256: z.string() })),
  documents: base.input(z.object({ limit })).output(
    z.array(
      z.object({
        kind: z.string(),
        day: z.string(),
        variant: z.string(),
        language: z.string(),
        format: z.string(),
        path: z.string(),
      }),
    ),
  ),
  about: base.route({ method: 'GET' }).output(
    z.object({
      version: z.string(),
      home: z.string(),
      schemaVersion: z.number().int(),
      languages: z.array(z.enum(languages)),
    }),
  ),
  /** What the status bar shows. */
  status: base.route({ method: 'GET' }).output(
    z.object({
      version: z.string(),
      startedAt: z.number(),
      databaseBytes: z.number(),
      /** When data were last fetched without failure; null if never. */
      refreshedAt: z.number().nullable(),
      matches: z.number().int(),
      isOffline: z.boolean(),
    }),
  ),
  /** What happens, as it happens; one subscription for each screen is enough. */
  events: base.route({ method: 'GET' }).output(eventIterator(engineEventSchema)),
  /** Calls to other machines: by host, and the newest ones. */
  outgoing: base.input(z.object({ limit, host: z.string().optional() })).output(
    z.object({
      hosts: z.array(
        z.object({
          host: z.string(),
          purposes: z.array(z.string()),
          calls: z.number().int(),
          failures: z.number().int(),
          lastAt: z.number(),
        }),
      ),
      calls: z.array(outgoingCallSchema),
    }),
  ),
} as const;
