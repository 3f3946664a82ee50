import { z } from 'zod';
import { base } from './base.ts';

/** What a form needs to know of a setting's values. */
export const settingControlSchema = z.object({
  kind: z.enum(['choice', 'number', 'text', 'switch', 'zone']),
  options: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  isWhole: z.boolean().optional(),
});
export type SettingControl = z.infer<typeof settingControlSchema>;

export const settingEntrySchema = z.object({
  key: z.string(),
  value: z.unknown(),
  default: z.unknown(),
  description: z.string(),
  control: settingControlSchema,
});
export type SettingEntry = z.infer<typeof settingEntrySchema>;

/** A file of settings: those that are not at their default. Secrets are no settings. */
export const settingsFileSchema = z.object({
  schema: z.literal('auspex.settings/1'),
  settings: z.record(z.string(), z.json()),
});

export const settingProcedures = {
  list: base.route({ method: 'GET', path: '/settings' }).output(z.array(settingEntrySchema)),
  set: base.input(z.object({ key: z.string(), value: z.unknown() })).output(z.object({ value: z.unknown() })),
  reset: base.input(z.object({ key: z.string() })).output(z.object({ value: z.unknown() })),
  export: base.output(settingsFileSchema),
  /** Checks every line of a settings file; takes them over, all or none, unless it is only to look. */
  import: base
    .input(z.object({ text: z.string().max(1_000_000), isDryRun: z.boolean().default(false) }))
    .output(
      z.object({
        changes: z.array(z.object({ key: z.string(), before: z.unknown(), after: z.unknown() })),
        problems: z.array(z.object({ key: z.string(), message: z.string() })),
        isTaken: z.boolean(),
      }),
    ),
} as const;
