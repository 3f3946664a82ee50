import { Modal } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/format.ts';
import { api } from '../../connection/client.ts';
import type { Command } from '../commands/command.ts';
import { Keys } from '../commands/keys.tsx';
import { allCommands, useCommandRegistry } from '../commands/registry.ts';
import { shortcutOf, useOwnShortcuts } from '../commands/shortcuts.ts';
import { Icon } from '../icons.tsx';
import type { IconName } from '../icons.tsx';
import { showOverlay, useLayout } from '../layout.ts';
import { addressOf } from '../places.ts';
import { changeTabs } from '../tabs/tabs-store.ts';
import { openTab } from '../tabs/tabs-state.ts';
import { paletteEntries } from './palette-entries.ts';
import type { PaletteEntry } from './palette-entries.ts';
import classes from './palette.module.css';
import { rememberUse, useRecent } from './recent.ts';
import { useOtherTitles } from './other-titles.ts';

/** Everything that can be done and everything that has a name, found by typing. */
export function Palette() {
  const { t } = useTranslation('frame');
  const isOpen = useLayout((state) => state.overlay === 'palette');
  return (
    <Modal.Root
      opened={isOpen}
      onClose={() => {
        showOverlay(undefined);
      }}
      yOffset="10vh"
      size={640}
      padding={0}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={t('palette.title')}>
        <Modal.Body>
          <PaletteBody />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

const listId = 'palette-list';

function PaletteBody() {
  const { t } = useTranslation('frame');
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const entries = useEntries(text);
  const chosen = Math.min(at, entries.length - 1);

  const run = (entry: PaletteEntry | undefined, inNewTab: boolean) => {
    if (!entry) return;
    if (entry.kind === 'command' && entry.command.disabledReason !== undefined) return;
    showOverlay(undefined);
    if (entry.kind === 'object') {
      const address = addressOf(entry.object.kind, entry.object.id);
      if (inNewTab) changeTabs((state) => openTab(state, address));
      else void navigate({ to: address });
      return;
    }
    rememberUse(entry.command.id);
    // Once the dialogue is away, so that what the command opens has the focus.
    requestAnimationFrame(() => {
      entry.command.run();
    });
  };

  return (
    <div className={classes.palette}>
      <div className={classes.field}>
        <Icon name="search" />
        <input
          data-autofocus
          className={classes.input}
          role="combobox"
          aria-label={t('palette.title')}
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={entries[chosen] ? optionId(entries[chosen]) : undefined}
          aria-autocomplete="list"
          placeholder={t('palette.placeholder')}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            const steps: Readonly<Record<string, number>> = {
              ArrowDown: 1,
              ArrowUp: -1,
              PageDown: 8,
              PageUp: -8,
            };
            const by = steps[event.key];
            if (by !== undefined) {
              const last = entries.length - 1;
              const isRound = Math.abs(by) === 1;
              const next = chosen + by;
              setAt(
                isRound
                  ? (next + entries.length) % Math.max(1, entries.length)
                  : Math.min(last, Math.max(0, next)),
              );
            } else if (event.key === 'Enter') run(entries[chosen], event.ctrlKey || event.metaKey);
            else return;
            event.preventDefault();
          }}
        />
      </div>
      <ul className={classes.list} role="listbox" id={listId} aria-label={t('palette.results')}>
        {entries.map((entry, index) => (
          <Option
            key={entry.key}
            entry={entry}
            isChosen={index === chosen}
            onChoose={() => {
              run(entry, false);
            }}
          />
        ))}
      </ul>
      {entries.length === 0 && <p className={classes.none}>{t('palette.none')}</p>}
      <p className={classes.count} role="status">
        {t('palette.count', { count: entries.length })}
      </p>
    </div>
  );
}

function useEntries(text: string): PaletteEntry[] {
  const { t } = useTranslation('commands');
  const asked = useDeferredValue(text.trim());
  const { data: objects } = useQuery({
    ...api.search.objects.queryOptions({ input: { text: asked, limit: 12 } }),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  const commands = allCommands(useCommandRegistry((state) => state.groups));
  const recent = useRecent();
  const otherTitles = useOtherTitles();
  const words = (command: Command) => [
    command.title,
    ...(otherTitles[command.id] ?? []),
    t(`categories.${command.category}`),
    ...(command.keywords ?? []),
  ];
  return paletteEntries({ text, commands, words, objects: asked === '' ? [] : (objects ?? []), recent });
}

const objectIcons: Readonly<Record<string, IconName>> = {
  championship: 'results',
  team: 'team',
  match: 'matches',
  model: 'models',
  run: 'runs',
  study: 'models',
};

const optionId = (entry: PaletteEntry): string => `palette-${entry.key.replaceAll(/[^\w-]/g, '-')}`;

function Option(props: {
  readonly entry: PaletteEntry;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}) {
  const { t } = useTranslation(['commands', 'frame']);
  const own = useOwnShortcuts();
  const format = useFormat();
  const { entry, isChosen } = props;
  // The engine says days as they are kept.
  const dated = (detail: string) => detail.replace(/\d{4}-\d{2}-\d{2}/, (day) => format.day(day));
  const reason = entry.kind === 'command' ? entry.command.disabledReason : undefined;
  const shortcut = entry.kind === 'command' ? shortcutOf(entry.command, own) : undefined;
  return (
    <li
      id={optionId(entry)}
      role="option"
      aria-selected={isChosen}
      aria-disabled={reason !== undefined}
      className={classes.option}
      ref={isChosen ? showChosen : null}
      onClick={props.onChoose}
      onMouseDown={(event) => {
        // The text field keeps the focus.
        event.preventDefault();
      }}
    >
      <Icon
        name={entry.kind === 'object' ? (objectIcons[entry.object.kind] ?? 'matches') : 'chevron-right'}
      />
      <span className={classes.title} dir="auto">
        {entry.kind === 'object' ? entry.object.title : entry.command.title}
      </span>
      <span className={classes.detail} dir="auto">
        {reason ??
          (entry.kind === 'object'
            ? `${t(`frame:objects.${entry.object.kind}`)} · ${dated(entry.object.detail)}`
            : t(`commands:categories.${entry.command.category}`))}
      </span>
      {shortcut !== undefined && <Keys shortcut={shortcut} />}
    </li>
  );
}

function showChosen(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}
