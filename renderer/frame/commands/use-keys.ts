import { useEffect, useRef } from 'react';
import { tinykeys } from 'tinykeys';
import type { KeybindingsMap } from 'tinykeys';
import { showOverlay } from '../layout.ts';
import type { Command } from './command.ts';
import { allCommands, useCommandRegistry } from './registry.ts';
import { shortcutOf, useOwnShortcuts } from './shortcuts.ts';

/** Does a press of it write something into a text field, or edit what stands there? */
const writes = (shortcut: string): boolean =>
  !/\$mod|Control|Alt|Meta/.test(shortcut) || /\$mod\+(Shift\+)?Key[ZYXCVA]$/.test(shortcut);

/** Runs commands by their keys, the same on every keyboard layout. */
export function useKeys(): void {
  const groups = useCommandRegistry((state) => state.groups);
  const own = useOwnShortcuts();
  const commands = useRef<readonly Command[]>([]);
  useEffect(() => {
    commands.current = allCommands(groups);
  }, [groups]);
  const keyed = allCommands(groups)
    .map((command) => [command.id, shortcutOf(command, own)] as const)
    .filter((pair): pair is readonly [string, string] => pair[1] !== undefined);
  const shown = JSON.stringify(keyed);
  useEffect(() => {
    const pairs = JSON.parse(shown) as [string, string][];
    const bindings = (wanted: boolean): KeybindingsMap =>
      Object.fromEntries(
        pairs
          .filter(([, shortcut]) => writes(shortcut) === wanted)
          .map(([id, shortcut]) => [
            shortcut,
            (event) => {
              const command = commands.current.find((one) => one.id === id);
              if (!command || command.disabledReason !== undefined) return;
              event.preventDefault();
              command.run();
            },
          ]),
      );
    const extra: KeybindingsMap = {
      '$mod+Shift+KeyP': (event) => {
        event.preventDefault();
        showOverlay('palette');
      },
    };
    const stops = [
      tinykeys(window, bindings(true), { ignore: isWriting }),
      tinykeys(window, { ...bindings(false), ...extra }, { ignore: (event) => event.isComposing }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [shown]);
}

/** Letters belong to whoever types them, and to lists and grids that search by them; a dialogue has its own keys. */
function isWriting(event: KeyboardEvent): boolean {
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (event.isComposing || target === null) return event.isComposing;
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role=dialog], [role=listbox]') !== null
  );
}
