import { useNavigate, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { saveFile } from '../../components/save-file.ts';
import { client } from '../../connection/client.ts';
import { queryClient } from '../../connection/query-client.ts';
import { editWords } from '../edit-words.ts';
import { useEngine } from '../engine-state.ts';
import { changeLayout, showOverlay, useLayout } from '../layout.ts';
import { notify } from '../notify.ts';
import { useRunActions } from '../runs/run-actions.ts';
import { useSample } from '../sample.ts';
import { useSetSetting, useSetting } from '../settings.ts';
import { copyLink } from '../tabs/tab-strip.tsx';
import { changeTabs, useTabs } from '../tabs/tabs-store.ts';
import { startTour } from '../tour/tour-state.ts';
import { frameCommands } from './frame-command-list.ts';
import type { FrameMeans } from './frame-command-list.ts';
import { useCommands } from './use-commands.ts';

/** Offers what can be done on every screen. */
export function FrameCommands() {
  const { t } = useTranslation('commands');
  const running = useEngine((state) => state.runs.find(({ parentId }) => parentId === null));
  const hasClosedTabs = useTabs((state) => state.closed.length > 0);
  const means = useFrameMeans(running?.runId);
  const reasons: Readonly<Record<string, string | undefined>> = {
    'run.stop': running ? undefined : t('reasons.no-run'),
    'tabs.reopen': hasClosedTabs ? undefined : t('reasons.no-closed-tab'),
  };
  useCommands(
    frameCommands.map(({ id, category, shortcut, run }) => ({
      id,
      category,
      shortcut,
      title: t(`titles.${id}`),
      disabledReason: reasons[id],
      run: () => {
        run(means);
      },
    })),
  );
  return null;
}

function useFrameMeans(runId: number | undefined): FrameMeans {
  const { t } = useTranslation(['frame', 'settings']);
  const router = useRouter();
  const navigate = useNavigate();
  const runs = useRunActions();
  const setSetting = useSetSetting();
  const isMasked = useSetting('appearance.mask') === true;
  const sample = useSample();
  const attempt = (work: () => Promise<void>) => {
    void work().catch((error: unknown) => {
      notify.failure(error);
    });
  };
  const turn = (direction: 'undo' | 'redo') => {
    attempt(async () => {
      const edit = direction === 'undo' ? await client.workspace.undo({}) : await client.workspace.redo();
      await queryClient.invalidateQueries();
      if (!edit) notify.info(t(`undo.no-${direction}`));
      else notify.info(t(`undo.${direction}ne`, { what: editWords(edit, t) }));
    });
  };
  return {
    go: (address) => void navigate({ to: address }),
    changeTabs,
    activeTab: () => {
      const { tabs, activeId } = useTabs.getState();
      return tabs.find(({ id }) => id === activeId) ?? { id: activeId, address: '/today' };
    },
    back: () => {
      router.history.back();
    },
    forward: () => {
      router.history.forward();
    },
    copyLink: copyLink(t('tabs.link-copied')),
    open: showOverlay,
    toggleRail: () => {
      changeLayout({ isRailNarrow: !useLayout.getState().isRailNarrow });
    },
    toggleRunsPanel: () => {
      changeLayout({ isRunsPanelOpen: !useLayout.getState().isRunsPanelOpen });
    },
    set: setSetting,
    toggleMask: () => {
      setSetting('appearance.mask', !isMasked);
    },
    undo: () => {
      turn('undo');
    },
    redo: () => {
      turn('redo');
    },
    tour: startTour,
    start: (stage) => void runs.start(stage, {}),
    stopRun: () => {
      if (runId !== undefined) void runs.stop(runId);
    },
    backUp: () => {
      attempt(async () => {
        const { file } = await client.system.backup({});
        notify.success(t('backup.made', { file }), { address: '/settings?group=backups' });
      });
    },
    exportSettings: () => {
      attempt(async () => {
        const file = await client.settings.export();
        saveFile(
          'auspex-settings.json',
          new Blob([`${JSON.stringify(file, null, 2)}\n`], { type: 'application/json' }),
        );
      });
    },
    createSample: sample.create,
    removeSample: sample.remove,
  };
}
