import { Button, VisuallyHidden } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../../components/screen.tsx';
import { SimpleTable } from '../../../components/simple-table.tsx';
import { api } from '../../../connection/client.ts';
import { queryClient } from '../../../connection/query-client.ts';
import { pressOf } from '../../../frame/commands/key-text.ts';
import { Keys } from '../../../frame/commands/keys.tsx';
import { allCommands, useCommandRegistry } from '../../../frame/commands/registry.ts';
import {
  ownShortcutsName,
  shortcutConflicts,
  shortcutOf,
  useOwnShortcuts,
} from '../../../frame/commands/shortcuts.ts';
import { notify } from '../../../frame/notify.ts';
import classes from '../settings.module.css';

/** The shortcut of every command, to be chosen by pressing it; those that clash are named. */
export function KeysPanel() {
  const { t } = useTranslation(['settings', 'commands']);
  const commands = allCommands(useCommandRegistry((state) => state.groups));
  const own = useOwnShortcuts();
  const [recording, setRecording] = useState<string>();
  const conflicts = shortcutConflicts(commands, own);
  const save = useMutation(
    api.workspace.put.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.workspace.key() }),
      onError: (error) => {
        notify.failure(error);
      },
    }),
  );
  const change = (id: string, shortcut: string | undefined) => {
    const others = Object.fromEntries(Object.entries(own).filter(([key]) => key !== id));
    const value = shortcut === undefined ? others : { ...others, [id]: shortcut };
    save.mutate({ kind: 'shortcut', name: ownShortcutsName, value });
    setRecording(undefined);
  };
  const titleOf = (id: string) => commands.find((command) => command.id === id)?.title ?? id;
  return (
    <Section title={t('settings:panels.keys')} info={t('settings:keys-panel.info')} flush>
      {conflicts.map(([one, other]) => (
        <p key={`${one}-${other}`} className={`${classes.none} ${classes.problem}`} role="alert">
          {t('settings:keys-panel.conflict', { one: titleOf(one), other: titleOf(other) })}
        </p>
      ))}
      <SimpleTable
        caption={t('settings:panels.keys')}
        isDense
        rows={commands}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'title',
            title: t('settings:keys-panel.command'),
            isRowHead: true,
            cell: ({ title }) => title,
          },
          {
            key: 'category',
            title: t('settings:keys-panel.category'),
            cell: ({ category }) => t(`commands:categories.${category}`),
          },
          {
            key: 'shortcut',
            title: t('settings:keys-panel.shortcut'),
            align: 'end',
            cell: (command) => {
              const shortcut = shortcutOf(command, own);
              const isRecording = recording === command.id;
              return (
                <Button
                  variant="default"
                  size="compact-xs"
                  className={isRecording ? classes.recording : ''}
                  onClick={() => {
                    setRecording(command.id);
                  }}
                  onBlur={() => {
                    setRecording(undefined);
                  }}
                  onKeyDown={(event) => {
                    if (!isRecording || event.code === 'Tab') return;
                    event.preventDefault();
                    event.stopPropagation();
                    if (event.code === 'Escape') setRecording(undefined);
                    else if (event.code === 'Delete' || event.code === 'Backspace') change(command.id, '');
                    else {
                      const press = pressOf(event);
                      if (press !== undefined) change(command.id, press);
                    }
                  }}
                >
                  <VisuallyHidden>
                    {t('settings:keys-panel.change-named', { name: command.title })}
                  </VisuallyHidden>
                  {isRecording ? (
                    t('settings:keys-panel.press')
                  ) : shortcut === undefined ? (
                    t('settings:keys-panel.none')
                  ) : (
                    <Keys shortcut={shortcut} />
                  )}
                </Button>
              );
            },
          },
          {
            key: 'reset',
            title: t('settings:keys-panel.reset'),
            align: 'end',
            cell: ({ id, title }) =>
              own[id] !== undefined && (
                <Button
                  variant="subtle"
                  size="compact-xs"
                  aria-label={t('settings:reset-named', { name: title })}
                  onClick={() => {
                    change(id, undefined);
                  }}
                >
                  {t('settings:reset')}
                </Button>
              ),
          },
        ]}
      />
    </Section>
  );
}
