import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { MenuCommand } from '../../engine/contract/desktop.ts';
import { allCommands, useCommandRegistry } from './commands/registry.ts';
import type { CommandCategory } from './commands/command.ts';
import { desktop } from './desktop.ts';
import { useEngine } from './engine-state.ts';
import { sortOpenedFiles } from './opened-files.ts';

const menus: Partial<Readonly<Record<CommandCategory, MenuCommand['menu']>>> = {
  go: 'go',
  tabs: 'file',
  view: 'view',
  runs: 'run',
  help: 'help',
};

/** Joins the page to the desktop shell, where there is one: native menu, task bar, addresses and files from outside. */
export function DesktopLink() {
  const router = useRouter();
  const groups = useCommandRegistry((state) => state.groups);
  const runs = useEngine((state) => state.runs);

  useEffect(() => {
    const commands = allCommands(groups).flatMap(({ id, title, category, disabledReason }): MenuCommand[] => {
      const menu = menus[category];
      return menu ? [{ id, title, menu, enabled: disabledReason === undefined }] : [];
    });
    void desktop?.setMenu({ commands: commands.slice(0, 200) });
  }, [groups]);

  useEffect(() => {
    const run = runs.find((one) => one.parentId === null && one.state === 'running');
    const fraction = run && run.total > 0 ? Math.min(1, run.done / run.total) : null;
    void desktop?.setProgress({ fraction });
  }, [runs]);

  useEffect(() => {
    const stopCommands = desktop?.on('command', (id) => {
      allCommands(useCommandRegistry.getState().groups)
        .find((command) => command.id === id)
        ?.run();
    });
    const stopAddresses = desktop?.on('address', (address) => {
      router.history.push(address);
    });
    const takeFiles = () => {
      void desktop?.takeFiles({}).then((answer) => {
        const address = sortOpenedFiles('value' in answer ? answer.value : []);
        if (address !== undefined) router.history.push(address);
      });
    };
    const stopFiles = desktop?.on('files', takeFiles);
    takeFiles();
    return () => {
      stopFiles?.();
      stopCommands?.();
      stopAddresses?.();
    };
  }, [router]);

  return null;
}
