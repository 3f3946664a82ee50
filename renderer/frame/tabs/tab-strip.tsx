import { ActionIcon, Menu } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon } from '../icons.tsx';
import { notify } from '../notify.ts';
import { screenOf } from '../places.ts';
import { closeOtherTabs, closeTab, firstAddress, moveTab, openTab, reopenTab } from './tabs-state.ts';
import type { Tab } from './tabs-state.ts';
import { changeTabs, useTabs } from './tabs-store.ts';
import classes from './tab-strip.module.css';

/** The open addresses. The tabs are one stop of the Tab key; arrows go from one to the next. */
export function TabStrip() {
  const { t } = useTranslation('frame');
  const router = useRouter();
  const { tabs, activeId, closed } = useTabs();
  return (
    <header className={classes.strip}>
      <ActionIcon
        aria-label={t('tabs.back')}
        onClick={() => {
          router.history.back();
        }}
      >
        <Icon name="chevron-left" />
      </ActionIcon>
      <ActionIcon
        aria-label={t('tabs.forward')}
        onClick={() => {
          router.history.forward();
        }}
      >
        <Icon name="chevron-right" />
      </ActionIcon>
      <div className={classes.tabs} role="tablist" aria-label={t('tabs.label')}>
        {tabs.map((tab) => (
          <TabHandle key={tab.id} tab={tab} isActive={tab.id === activeId} />
        ))}
      </div>
      <ActionIcon
        aria-label={t('tabs.open')}
        onClick={() => {
          changeTabs((state) => openTab(state, firstAddress));
        }}
      >
        <Icon name="plus" />
      </ActionIcon>
      <Menu>
        <Menu.Target>
          <ActionIcon aria-label={t('tabs.menu')}>
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon name="link" />} onClick={copyLink(t('tabs.link-copied'))}>
            {t('tabs.copy-link')}
          </Menu.Item>
          <Menu.Item
            onClick={() => {
              changeTabs((state) => openTab(state, router.state.location.href));
            }}
          >
            {t('tabs.duplicate')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            onClick={() => {
              changeTabs((state) => closeTab(state, activeId));
            }}
          >
            {t('tabs.close')}
          </Menu.Item>
          <Menu.Item
            disabled={tabs.length < 2}
            onClick={() => {
              changeTabs((state) => closeOtherTabs(state, activeId));
            }}
          >
            {t('tabs.close-others')}
          </Menu.Item>
          <Menu.Item
            disabled={closed.length === 0}
            onClick={() => {
              changeTabs(reopenTab);
            }}
          >
            {t('tabs.reopen')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </header>
  );
}

function TabHandle({ tab, isActive }: { readonly tab: Tab; readonly isActive: boolean }) {
  const { t } = useTranslation('frame');
  const screen = screenOf(tab.address);
  // A screen of its own is called so in the language that is shown now; an object by its name.
  const title =
    screen.isObject && tab.title !== ''
      ? tab.title
      : t(`screens.${screen.name}`, { defaultValue: t('no-screen:title') });
  const go = () => {
    changeTabs((state) => ({ ...state, activeId: tab.id }));
  };
  const close = () => {
    changeTabs((state) => closeTab(state, tab.id));
  };
  return (
    <div role="presentation" className={isActive ? `${classes.tab} ${classes.active}` : classes.tab}>
      <button
        type="button"
        role="tab"
        aria-selected={isActive}
        aria-controls="main"
        aria-keyshortcuts="Delete"
        tabIndex={isActive ? 0 : -1}
        className={classes.name}
        title={title}
        onClick={go}
        onAuxClick={(event) => {
          if (event.button === 1) close();
        }}
        onKeyDown={(event) => {
          const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
          if (event.key === 'Delete') close();
          else if (by !== undefined && event.altKey && event.shiftKey) {
            changeTabs((state) => moveTab(state, tab.id, by));
          } else if (by !== undefined) focusNeighbour(event.currentTarget, by);
          else return;
          event.preventDefault();
        }}
      >
        <span dir="auto">{title}</span>
      </button>
      {/* A list of tabs holds nothing but tabs: this is for the pointer, keys have Delete. */}
      <button
        type="button"
        className={classes.close}
        tabIndex={-1}
        aria-hidden
        title={t('tabs.close-named', { title })}
        onClick={close}
      >
        <Icon name="close" size={12} />
      </button>
    </div>
  );
}

function focusNeighbour(from: HTMLElement, by: number): void {
  const all = [...(from.closest('[role=tablist]')?.querySelectorAll<HTMLElement>('[role=tab]') ?? [])];
  const next = all[(all.indexOf(from) + by + all.length) % all.length];
  next?.focus();
  next?.click();
}

/** The address of what is shown, as it can be pasted into a message or a note. */
export function copyLink(said: string): () => void {
  return () => {
    void navigator.clipboard.writeText(location.href).then(() => {
      notify.success(said);
    });
  };
}
