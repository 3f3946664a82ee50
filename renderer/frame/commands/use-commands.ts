import { useEffect, useId, useLayoutEffect, useRef } from 'react';
import type { Command } from './command.ts';
import { registerCommands } from './registry.ts';

/**
 * Offers commands while the component is mounted: in the palette, by their keys and in the cheat sheet. The array may be
 * made anew at every rendering.
 */
export function useCommands(commands: readonly Command[]): void {
  const owner = useId();
  const latest = useRef(commands);
  useLayoutEffect(() => {
    latest.current = commands;
  });
  // Only what is shown counts as a change; `run` is looked up when it is called.
  const shown = commands
    .map(({ id, title, shortcut, disabledReason }) => [id, title, shortcut, disabledReason].join('\u0001'))
    .join('\u0002');
  useEffect(
    () =>
      registerCommands(
        owner,
        latest.current.map((command) => ({
          ...command,
          run: () => latest.current.find(({ id }) => id === command.id)?.run(),
        })),
      ),
    [owner, shown],
  );
}
