import { Button, Modal, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { matchScore, searchable, wanted } from '../../../engine/contract/text-match.ts';
import { showOverlay, useLayout } from '../layout.ts';
import { commandCategories } from './command.ts';
import { Keys } from './keys.tsx';
import { allCommands, useCommandRegistry } from './registry.ts';
import { shortcutOf, useOwnShortcuts } from './shortcuts.ts';
import classes from './cheat-sheet.module.css';

/** Every command that has keys, by category. */
export function CheatSheet() {
  const { t } = useTranslation(['frame', 'commands']);
  const isOpen = useLayout((state) => state.overlay === 'cheat-sheet');
  const commands = allCommands(useCommandRegistry((state) => state.groups));
  const own = useOwnShortcuts();
  const [text, setText] = useState('');
  const want = wanted(text);
  const keyed = commands.filter(
    (command) =>
      shortcutOf(command, own) !== undefined &&
      (text.trim() === '' || matchScore(searchable(command.title), want) > 0),
  );
  const close = () => {
    showOverlay(undefined);
    setText('');
  };
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      size="xl"
      title={t('frame:keys.title')}
      closeButtonProps={{ 'aria-label': t('frame:keys.close') }}
    >
      <div className={classes.tools}>
        <TextInput
          data-autofocus
          aria-label={t('frame:keys.search')}
          placeholder={t('frame:keys.search')}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
          }}
        />
        <Button component={Link} to="/settings?group=keys" variant="default" onClick={close}>
          {t('frame:keys.change')}
        </Button>
      </div>
      <div className={classes.groups}>
        {commandCategories.map((category) => {
          const group = keyed.filter((command) => command.category === category);
          if (group.length === 0) return null;
          return (
            <section key={category} className={classes.group}>
              <h3>{t(`commands:categories.${category}`)}</h3>
              <dl>
                {group.map((command) => (
                  <div key={command.id} className={classes.row}>
                    <dt>{command.title}</dt>
                    <dd>
                      <Keys shortcut={shortcutOf(command, own) ?? ''} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Modal>
  );
}
