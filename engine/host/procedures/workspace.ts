import { workspaceItem, workspaceItems, type WorkspaceRow } from '../../../db/queries/workspace.ts';
import { putWorkspaceItem } from '../../../db/storage/workspace.ts';
import type { WorkspaceItem } from '../../contract/workspace.ts';
import { createEdits, nextEdits } from '../../runtime/edits.ts';
import type { EngineContext } from '../engine-host.ts';
import { engine } from './engine.ts';

const procedures = engine.workspace;

export const workspace = {
  list: procedures.list.handler(({ input, context }) =>
    workspaceItems(context.reader(), input.kind).map(toItem),
  ),
  get: procedures.get.handler(({ input, context }) => {
    const row = workspaceItem(context.reader(), input);
    return row ? toItem(row) : null;
  }),
  put: procedures.put.handler(({ input, context }) => {
    const { kind, name, isUndoable } = input;
    const value = JSON.stringify(input.value);
    if (isUndoable) editsOf(context).make({ kind: 'item', of: kind, name, value });
    else putWorkspaceItem(context.writer(), { kind, name, value, instant: context.clock.now() });
    return toItem(workspaceItem(context.writer(), input)!);
  }),
  remove: procedures.remove.handler(({ input, context }) => {
    const edit = editsOf(context).make({ kind: 'item', of: input.kind, name: input.name, value: null });
    return { removed: edit !== undefined };
  }),
  edits: procedures.edits.handler(({ context }) => nextEdits(context.reader())),
  undo: procedures.undo.handler(({ input, context }) => editsOf(context).undo(input.id) ?? null),
  redo: procedures.redo.handler(({ context }) => editsOf(context).redo() ?? null),
};

function editsOf(context: EngineContext) {
  return createEdits(context.writer(), context.clock);
}

function toItem({ kind, name, value, changedAt }: WorkspaceRow): WorkspaceItem {
  // Only the procedures above write these rows, and only with kinds of the contract.
  return { kind: kind as WorkspaceItem['kind'], name, value: JSON.parse(value) as unknown, changedAt };
}
