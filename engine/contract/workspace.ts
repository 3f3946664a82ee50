import { z } from 'zod';
import { base } from './base.ts';

/** What the screens keep for the analyst, as JSON under a kind and a name. */
const workspaceKinds = ['view', 'draft', 'layout', 'shortcut', 'note', 'grid'] as const;

const kind = z.enum(workspaceKinds);
const name = z.string().min(1).max(200);

export const workspaceItemSchema = z.object({
  kind,
  name: z.string(),
  value: z.unknown(),
  changedAt: z.number(),
});
export type WorkspaceItem = z.infer<typeof workspaceItemSchema>;

/** A change by hand: what was changed, and when. */
export const editSchema = z.object({
  id: z.number().int(),
  kind: z.enum(['setting', 'item', 'channel']),
  subject: z.string(),
  instant: z.number(),
});
export type Edit = z.infer<typeof editSchema>;

/** Saved views, drafts and layout, and the taking back of every change by hand. */
export const workspaceProcedures = {
  list: base.input(z.object({ kind })).output(z.array(workspaceItemSchema)),
  get: base.input(z.object({ kind, name })).output(workspaceItemSchema.nullable()),
  /** @param isUndoable drafts and layout change all the time and are not worth a step back */
  put: base
    .input(z.object({ kind, name, value: z.json(), isUndoable: z.boolean().default(true) }))
    .output(workspaceItemSchema),
  remove: base.input(z.object({ kind, name })).output(z.object({ removed: z.boolean() })),
  /** The edit that the next `undo` takes back, and the one that the next `redo` makes again. */
  edits: base.output(z.object({ undo: editSchema.nullable(), redo: editSchema.nullable() })),
  /** Takes back the last edit, or the one given if it is the last of its subject; answers null where there is nothing. */
  undo: base.input(z.object({ id: z.number().int().optional() })).output(editSchema.nullable()),
  redo: base.output(editSchema.nullable()),
} as const;
