import { useQuery } from '@tanstack/react-query';
import { api } from '../../connection/client.ts';
import type { Command } from './command.ts';

/** Shortcuts that the analyst chose, by command; an empty one takes the command's own away. */
export type OwnShortcuts = Readonly<Record<string, string>>;

/** The name under which own shortcuts are kept with the engine, kind `shortcut`. */
export const ownShortcutsName = 'own';

export function useOwnShortcuts(): OwnShortcuts {
  const { data } = useQuery(
    api.workspace.get.queryOptions({ input: { kind: 'shortcut', name: ownShortcutsName } }),
  );
  const value = data?.value;
  return typeof value === 'object' && value !== null ? (value as OwnShortcuts) : {};
}

/** The shortcut that holds for a command. */
export function shortcutOf(
  { id, shortcut }: Pick<Command, 'id' | 'shortcut'>,
  own: OwnShortcuts,
): string | undefined {
  const chosen = own[id] ?? shortcut;
  return chosen === '' ? undefined : chosen;
}

/**
 * Commands that cannot be told apart by their keys: those with the same shortcut, and those whose shortcut begins a longer
 * one.
 */
export function shortcutConflicts(
  commands: readonly Pick<Command, 'id' | 'shortcut'>[],
  own: OwnShortcuts,
): readonly (readonly [string, string])[] {
  const keyed = commands.flatMap((command) => {
    const shortcut = shortcutOf(command, own);
    return shortcut === undefined ? [] : [{ id: command.id, shortcut }];
  });
  const conflicts: [string, string][] = [];
  for (const [at, one] of keyed.entries()) {
    for (const other of keyed.slice(at + 1)) {
      const [short, long] =
        one.shortcut.length <= other.shortcut.length
          ? [one.shortcut, other.shortcut]
          : [other.shortcut, one.shortcut];
      if (short === long || long.startsWith(`${short} `)) conflicts.push([one.id, other.id]);
    }
  }
  return conflicts;
}
