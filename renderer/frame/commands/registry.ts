import { create } from 'zustand';
import type { Command } from './command.ts';

interface Registry {
  /** Commands by who offers them: the frame, and the screen that is shown. */
  readonly groups: ReadonlyMap<string, readonly Command[]>;
}

export const useCommandRegistry = create<Registry>(() => ({ groups: new Map() }));

/** Offers commands until the returned function is called. */
export function registerCommands(owner: string, commands: readonly Command[]): () => void {
  useCommandRegistry.setState(({ groups }) => ({ groups: new Map(groups).set(owner, commands) }));
  return () => {
    useCommandRegistry.setState(({ groups }) => {
      const rest = new Map(groups);
      rest.delete(owner);
      return { groups: rest };
    });
  };
}

/** Every command on offer; of two with one id the one that was offered later. */
export function allCommands(groups: Registry['groups']): readonly Command[] {
  const byId = new Map<string, Command>();
  for (const group of groups.values()) for (const command of group) byId.set(command.id, command);
  return [...byId.values()];
}
