import type { ComponentType } from 'react';
import { AboutPanel } from './panels/about-panel.tsx';
import { BackupsPanel } from './panels/backups-panel.tsx';
import { ChannelsPanel } from './panels/channels-panel.tsx';
import { KeysPanel } from './panels/keys-panel.tsx';
import { NotificationsPanel } from './panels/notifications-panel.tsx';
import { OutboxPanel } from './panels/outbox-panel.tsx';
import { PrivacyPanel } from './panels/privacy-panel.tsx';
import { ProjectPanel } from './panels/project-panel.tsx';
import { SchedulePanel } from './panels/schedule-panel.tsx';
import { SecretsPanel } from './panels/secrets-panel.tsx';
import { TransferPanel } from './panels/transfer-panel.tsx';

/** A group of settings: the engine's own by their keys, and panels for what is more than a value. */
export interface SettingGroup {
  /** Its name in the texts `settings:groups`. */
  readonly id: string;
  readonly keys: readonly string[];
  /** Each a file under `panels/`; its title stands in `settings:panels` under its id. */
  readonly panels: readonly { readonly id: string; readonly panel: ComponentType }[];
}

/** Every group, in the order of the list. A key that is named nowhere appears under `other`. */
const settingGroups: readonly SettingGroup[] = [
  { id: 'general', keys: ['language', 'zone', 'calendar.firstDay', 'odds.format'], panels: [] },
  {
    id: 'appearance',
    keys: ['appearance.theme', 'appearance.density', 'appearance.motion'],
    panels: [],
  },
  {
    id: 'notifications',
    keys: [
      'notifications.longRuns',
      'notifications.failedRuns',
      'notifications.alerts',
      'notifications.quietHours',
    ],
    panels: [{ id: 'notifications', panel: NotificationsPanel }],
  },
  {
    id: 'sources',
    keys: ['sources.requestsPerSecond', 'news.modelAddress', 'news.modelName'],
    panels: [],
  },
  {
    id: 'models',
    keys: ['processing.studies', 'runtime.threads', 'tracking.mlflowAddress'],
    panels: [],
  },
  { id: 'selection', keys: ['selection.target', 'selection.delta'], panels: [] },
  {
    id: 'publishing',
    keys: ['documents.languages', 'documents.formats', 'documents.zone'],
    panels: [
      { id: 'channels', panel: ChannelsPanel },
      { id: 'outbox', panel: OutboxPanel },
    ],
  },
  {
    id: 'schedule',
    keys: ['schedule.quietHours', 'schedule.pausedOnBattery', 'desktop.closeToTray'],
    panels: [{ id: 'schedule', panel: SchedulePanel }],
  },
  { id: 'keys', keys: [], panels: [{ id: 'keys', panel: KeysPanel }] },
  { id: 'secrets', keys: [], panels: [{ id: 'secrets', panel: SecretsPanel }] },
  { id: 'backups', keys: ['backup.keep'], panels: [{ id: 'backups', panel: BackupsPanel }] },
  {
    id: 'privacy',
    keys: ['appearance.mask', 'network.offline', 'api.enabled'],
    panels: [{ id: 'outgoing', panel: PrivacyPanel }],
  },
  {
    id: 'transfer',
    keys: [],
    panels: [
      { id: 'transfer', panel: TransferPanel },
      { id: 'project', panel: ProjectPanel },
    ],
  },
  { id: 'other', keys: [], panels: [] },
  { id: 'about', keys: [], panels: [{ id: 'about', panel: AboutPanel }] },
];

/** The groups that have something in them, each with its keys among those that there are. */
export function groupedSettings(known: readonly string[]): readonly SettingGroup[] {
  const placed = new Set(settingGroups.flatMap(({ keys }) => keys));
  const rest = known.filter((key) => !placed.has(key));
  return settingGroups
    .map((group) => {
      const own = group.keys.filter((key) => known.includes(key));
      const prefixed = rest.filter((key) => key.startsWith(`${group.id}.`));
      const others = rest.filter((key) => settingGroups.every(({ id }) => !key.startsWith(`${id}.`)));
      return { ...group, keys: [...own, ...prefixed, ...(group.id === 'other' ? others : [])] };
    })
    .filter(({ keys, panels }) => keys.length + panels.length > 0);
}
