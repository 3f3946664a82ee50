import { storedSettings } from '../../db/queries/settings.ts';
import { readChannel } from '../../db/queries/outbox.ts';
import {
  firstUndoneEdit,
  lastEdit,
  lastEditOfSubject,
  workspaceItem,
  type EditRow,
} from '../../db/queries/workspace.ts';
import { outboxStorage } from '../../db/storage/outbox.ts';
import { putSetting } from '../../db/storage/settings.ts';
import { addEdit, putWorkspaceItem, turnEdit } from '../../db/storage/workspace.ts';
import type { Database } from '../../db/client.ts';
import type { Edit } from '../contract/workspace.ts';
import type { Clock } from '../ports/index.ts';

/** A change by hand. Values are JSON text; null takes away, or goes back to the default. */
export type Change =
  | { readonly kind: 'setting'; readonly key: string; readonly value: string | null }
  | { readonly kind: 'item'; readonly of: string; readonly name: string; readonly value: string | null }
  | {
      readonly kind: 'channel';
      readonly name: string;
      readonly value: { readonly kind: string; readonly settings: string } | null;
    };

/** How many steps back there are. */
const kept = 200;

/**
 * Changes that can be taken back. Each is made together with the note of the change that goes the other way, so the
 * steps survive the program, and every window has the same ones.
 */
export function createEdits(database: Database, clock: Clock) {
  const whole = <Value>(work: () => Value): Value => database.sqlite.transaction(work).immediate();
  const turn = (row: EditRow | undefined, isUndone: boolean): Edit | undefined => {
    if (!row) return undefined;
    return whole(() => {
      const inverse = apply(database, JSON.parse(row.inverse) as Change, clock.now());
      turnEdit(database, { id: row.id, inverse: JSON.stringify(inverse), isUndone });
      return toEdit(row);
    });
  };
  return {
    /** Makes a change; answers the number it can be taken back by, or undefined where nothing was different. */
    make(change: Change): number | undefined {
      return whole(() => {
        const instant = clock.now();
        const inverse = apply(database, change, instant);
        if (JSON.stringify(inverse) === JSON.stringify(change)) return undefined;
        const [kind, subject] = [change.kind, subjectOf(change)];
        return addEdit(database, { kind, subject, inverse: JSON.stringify(inverse), instant, kept });
      });
    },
    /** Several changes as they come, all or none; each is a step of its own. */
    makeAll(changes: readonly Change[]): void {
      whole(() => {
        for (const change of changes) this.make(change);
      });
    },
    /** Takes back the last edit; or one that is the last of its subject. */
    undo: (id?: number): Edit | undefined =>
      turn(id === undefined ? lastEdit(database) : lastEditOfSubject(database, id), true),
    redo: (): Edit | undefined => turn(firstUndoneEdit(database), false),
  };
}

/** The edits that `undo` and `redo` would turn now. */
export function nextEdits(database: Database): { undo: Edit | null; redo: Edit | null } {
  const [undo, redo] = [lastEdit(database), firstUndoneEdit(database)];
  return { undo: undo ? toEdit(undo) : null, redo: redo ? toEdit(redo) : null };
}

/** Makes a change and answers the one that goes the other way. */
function apply(database: Database, change: Change, instant: number): Change {
  switch (change.kind) {
    case 'setting': {
      const before = storedSettings(database).get(change.key) ?? null;
      putSetting(database, { key: change.key, value: change.value, updatedAt: instant });
      return { ...change, value: before };
    }
    case 'item': {
      const at = { kind: change.of, name: change.name };
      const before = workspaceItem(database, at)?.value ?? null;
      putWorkspaceItem(database, { ...at, value: change.value, instant });
      return { ...change, value: before };
    }
    case 'channel': {
      const before = readChannel(database, change.name);
      const storage = outboxStorage(database);
      if (change.value === null) storage.removeChannel(change.name);
      else storage.putChannel({ name: change.name, ...change.value, createdAt: instant });
      return { ...change, value: before ? { kind: before.kind, settings: before.settings } : null };
    }
  }
}

function subjectOf(change: Change): string {
  if (change.kind === 'setting') return change.key;
  return change.kind === 'item' ? `${change.of}/${change.name}` : change.name;
}

function toEdit({ id, kind, subject, instant }: EditRow): Edit {
  return { id, kind: kind as Edit['kind'], subject, instant };
}
