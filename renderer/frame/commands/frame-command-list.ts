import type { CommandCategory } from './command.ts';
import {
  closeOtherTabs,
  closeTab,
  firstAddress,
  neighbourTab,
  openTab,
  reopenTab,
} from '../tabs/tabs-state.ts';
import type { Tabs } from '../tabs/tabs-state.ts';

/** What the frame's commands can make happen. */
export interface FrameMeans {
  go(address: string): void;
  changeTabs(change: (state: Tabs) => Tabs): void;
  activeTab(): { readonly id: number; readonly address: string };
  back(): void;
  forward(): void;
  copyLink(): void;
  open(overlay: 'palette' | 'cheat-sheet' | 'notices'): void;
  toggleRail(): void;
  toggleRunsPanel(): void;
  set(key: string, value: unknown): void;
  toggleMask(): void;
  undo(): void;
  redo(): void;
  tour(): void;
  start(stage: 'pipeline' | 'getting' | 'forecast' | 'publisher' | 'evaluate'): void;
  stopRun(): void;
  backUp(): void;
  exportSettings(): void;
  removeSample(): void;
  createSample(): void;
}

/** A command as data; its title stands in the texts `commands` under its id, in every language. */
export interface FrameCommand {
  readonly id: string;
  readonly category: CommandCategory;
  readonly shortcut?: string;
  readonly run: (means: FrameMeans) => void;
}

const screens = [
  ['today', 'KeyG KeyT'],
  ['matches', 'KeyG KeyM'],
  ['forecasts', 'KeyG KeyF'],
  ['results', 'KeyG KeyR'],
  ['calibration', 'KeyG KeyC'],
  ['models', 'KeyG KeyO'],
  ['features', 'KeyG KeyE'],
  ['monitoring', 'KeyG KeyW'],
  ['data', 'KeyG KeyD'],
  ['runs', 'KeyG KeyU'],
  ['settings', '$mod+Comma'],
  ['welcome', undefined],
] as const;

/** Every command that is there on every screen. */
export const frameCommands: readonly FrameCommand[] = [
  ...screens.map(([name, shortcut]): FrameCommand => ({
    id: `go.${name}`,
    category: name === 'settings' ? 'settings' : 'go',
    ...(shortcut === undefined ? {} : { shortcut }),
    run: (means) => {
      means.go(`/${name}`);
    },
  })),
  command('palette.open', 'help', '$mod+KeyK', (means) => {
    means.open('palette');
  }),
  command('keys.show', 'help', 'Shift+Slash', (means) => {
    means.open('cheat-sheet');
  }),
  command('tour.start', 'help', undefined, (means) => {
    means.tour();
  }),
  command('notices.open', 'view', 'KeyG KeyN', (means) => {
    means.open('notices');
  }),
  command('rail.toggle', 'view', '$mod+KeyB', (means) => {
    means.toggleRail();
  }),
  command('runs-panel.toggle', 'view', '$mod+KeyJ', (means) => {
    means.toggleRunsPanel();
  }),
  command('edit.undo', 'edit', '$mod+KeyZ', (means) => {
    means.undo();
  }),
  command('edit.redo', 'edit', '$mod+Shift+KeyZ', (means) => {
    means.redo();
  }),
  command('tabs.open', 'tabs', 'Alt+KeyT', (means) => {
    means.changeTabs((state) => openTab(state, firstAddress));
  }),
  command('tabs.duplicate', 'tabs', undefined, (means) => {
    means.changeTabs((state) => openTab(state, means.activeTab().address));
  }),
  command('tabs.close', 'tabs', 'Alt+KeyW', (means) => {
    means.changeTabs((state) => closeTab(state, state.activeId));
  }),
  command('tabs.close-others', 'tabs', undefined, (means) => {
    means.changeTabs((state) => closeOtherTabs(state, state.activeId));
  }),
  command('tabs.reopen', 'tabs', 'Alt+Shift+KeyT', (means) => {
    means.changeTabs(reopenTab);
  }),
  command('tabs.next', 'tabs', 'Alt+Period', (means) => {
    means.changeTabs((state) => neighbourTab(state, 1));
  }),
  command('tabs.previous', 'tabs', 'Alt+Comma', (means) => {
    means.changeTabs((state) => neighbourTab(state, -1));
  }),
  command('tabs.back', 'tabs', 'Alt+ArrowLeft', (means) => {
    means.back();
  }),
  command('tabs.forward', 'tabs', 'Alt+ArrowRight', (means) => {
    means.forward();
  }),
  command('tabs.copy-link', 'tabs', 'Alt+KeyL', (means) => {
    means.copyLink();
  }),
  ...(['system', 'light', 'dark'] as const).map((theme) =>
    command(`theme.${theme}`, 'view', undefined, (means) => {
      means.set('appearance.theme', theme);
    }),
  ),
  command('mask.toggle', 'view', 'Alt+KeyM', (means) => {
    means.toggleMask();
  }),
  ...(['compact', 'comfortable'] as const).map((density) =>
    command(`density.${density}`, 'view', undefined, (means) => {
      means.set('appearance.density', density);
    }),
  ),
  ...(['en', 'ru'] as const).map((language) =>
    command(`language.${language}`, 'settings', undefined, (means) => {
      means.set('language', language);
    }),
  ),
  ...(['pipeline', 'getting', 'forecast', 'publisher', 'evaluate'] as const).map((stage) =>
    command(`run.${stage}`, 'runs', undefined, (means) => {
      means.start(stage);
    }),
  ),
  command('run.stop', 'runs', undefined, (means) => {
    means.stopRun();
  }),
  command('backup.make', 'data', undefined, (means) => {
    means.backUp();
  }),
  command('sample.create', 'data', undefined, (means) => {
    means.createSample();
  }),
  command('sample.remove', 'data', undefined, (means) => {
    means.removeSample();
  }),
  command('settings.export', 'export', undefined, (means) => {
    means.exportSettings();
  }),
];

function command(
  id: string,
  category: CommandCategory,
  ...[shortcut, run]: [shortcut: string | undefined, run: FrameCommand['run']]
): FrameCommand {
  return { id, category, run, ...(shortcut === undefined ? {} : { shortcut }) };
}
