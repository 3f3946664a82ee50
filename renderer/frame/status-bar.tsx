import { Progress } from '@mantine/core';
import { useIsMutating, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../components/format.ts';
import { api } from '../connection/client.ts';
import { useConnection } from '../connection/connection-state.ts';
import { useEngine } from './engine-state.ts';
import { Icon } from './icons.tsx';
import { changeLayout, showOverlay, useLayout } from './layout.ts';
import { useNotices } from './notices.ts';
import { useSetSetting, useSetting } from './settings.ts';
import classes from './status-bar.module.css';
import { useNow } from './use-now.ts';

/** The line at the bottom: engine, work, freshness of the data, size of the database, whether all is saved. */
export function StatusBar() {
  const { t } = useTranslation('frame');
  const phase = useConnection((state) => state.phase);
  const { data: status } = useQuery(api.system.status.queryOptions());
  const saving = useIsMutating() > 0;
  const format = useFormat();
  const now = useNow(60_000);
  return (
    <footer className={classes.bar} aria-label={t('status.label')}>
      <span className={classes.item} data-state={phase}>
        <span className={classes.dot} aria-hidden />
        {t(`status.engine-${phase}`)}
      </span>
      {status?.isOffline === true && (
        <span className={classes.item}>
          <Icon name="offline" size={14} />
          {t('status.offline')}
        </span>
      )}
      <MaskButton />
      <RunsButton />
      <span className={classes.space} />
      {status && (
        <>
          <span className={classes.item}>
            {status.refreshedAt === null
              ? t('status.never-refreshed')
              : t('status.refreshed', {
                  time: format.relative(status.refreshedAt, Math.max(now, status.refreshedAt)),
                })}
          </span>
          <span className={classes.item}>
            {t('status.matches', { count: status.matches, shown: format.count(status.matches) })}
          </span>
          <span className={classes.item}>
            {t('status.database', { size: format.bytes(status.databaseBytes) })}
          </span>
        </>
      )}
      <span className={classes.item} role="status">
        {saving ? t('status.saving') : t('status.saved')}
      </span>
      <NoticesButton />
    </footer>
  );
}

/** Says that private things are covered, since a screen without them could be taken for an empty one. */
function MaskButton() {
  const { t } = useTranslation('frame');
  const isMasked = useSetting('appearance.mask') === true;
  const setSetting = useSetSetting();
  if (!isMasked) return null;
  return (
    <button
      type="button"
      className={classes.button}
      title={t('status.uncover')}
      onClick={() => {
        setSetting('appearance.mask', false);
      }}
    >
      <Icon name="mask" size={14} />
      {t('status.masked')}
    </button>
  );
}

function RunsButton() {
  const { t } = useTranslation('frame');
  const isOpen = useLayout((state) => state.isRunsPanelOpen);
  const runs = useEngine((state) => state.runs);
  const roots = runs.filter(({ parentId }) => parentId === null);
  const running = roots.find(({ state }) => state === 'running');
  const part = runs.find(({ parentId, state }) => parentId === running?.runId && state === 'running');
  const shown = part ?? running;
  return (
    <button
      type="button"
      className={classes.button}
      aria-expanded={isOpen}
      onClick={() => {
        changeLayout({ isRunsPanelOpen: !isOpen });
      }}
    >
      {shown ? (
        <>
          <span>{t('status.running', { run: t(`stages.${shown.stage}`) })}</span>
          <Progress
            className={classes.progress}
            size="sm"
            value={shown.total > 0 ? (100 * shown.done) / shown.total : 100}
            animated={shown.total === 0}
            aria-label={t('runs.progress-named', { id: shown.runId })}
          />
          {roots.length > 1 && <span>{t('status.queued', { count: roots.length - 1 })}</span>}
        </>
      ) : (
        t('status.idle')
      )}
    </button>
  );
}

function NoticesButton() {
  const { t } = useTranslation('frame');
  const unread = useNotices((state) => state.items.filter(({ isRead }) => !isRead).length);
  return (
    <button
      type="button"
      className={classes.button}
      aria-label={t('notices.unread', { count: unread })}
      onClick={() => {
        showOverlay('notices');
      }}
    >
      <Icon name="bell" size={14} />
      {unread > 0 && <span className={classes.badge}>{unread}</span>}
    </button>
  );
}
