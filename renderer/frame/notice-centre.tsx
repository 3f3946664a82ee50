import { Anchor, Button, Code, Drawer, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../components/format.ts';
import { showOverlay, useLayout } from './layout.ts';
import { clearNotices, markNoticesRead, useNotices } from './notices.ts';
import type { Notice } from './notices.ts';
import classes from './notice-centre.module.css';

const signs: Readonly<Record<Notice['kind'], string>> = { success: '✓', info: 'i', warning: '!', error: '✕' };

/** What was said lately, to be read again. */
export function NoticeCentre() {
  const { t } = useTranslation('frame');
  const isOpen = useLayout((state) => state.overlay === 'notices');
  const items = useNotices((state) => state.items);
  return (
    <Drawer
      opened={isOpen}
      onClose={() => {
        showOverlay(undefined);
        markNoticesRead();
      }}
      position="right"
      size="sm"
      title={t('notices.title')}
      closeButtonProps={{ 'aria-label': t('notices.close') }}
    >
      {items.length === 0 ? (
        <Text c="dimmed">{t('notices.none')}</Text>
      ) : (
        <>
          <Group justify="flex-end">
            <Button variant="default" size="compact-xs" onClick={clearNotices}>
              {t('notices.clear')}
            </Button>
          </Group>
          <ul className={classes.list}>
            {items.map((notice) => (
              <NoticeRow key={notice.id} notice={notice} />
            ))}
          </ul>
        </>
      )}
    </Drawer>
  );
}

function NoticeRow({ notice }: { readonly notice: Notice }) {
  const { t } = useTranslation('frame');
  const format = useFormat();
  const { report } = notice;
  return (
    <li className={classes.notice} data-kind={notice.kind} data-unread={!notice.isRead || undefined}>
      <span className={classes.sign} role="img" aria-label={t(`notices.kind-${notice.kind}`)}>
        {signs[notice.kind]}
      </span>
      <div className={classes.words}>
        <p dir="auto">
          {notice.text}
          {notice.times > 1 && (
            <span className={classes.times}>{t('notices.times', { count: notice.times })}</span>
          )}
        </p>
        <p className={classes.time}>{format.instant(notice.instant)}</p>
        {notice.address !== undefined && (
          <Anchor
            size="sm"
            href={`#${notice.address}`}
            onClick={() => {
              showOverlay(undefined);
            }}
          >
            {t('notices.open')}
          </Anchor>
        )}
        {report !== undefined && (
          <details>
            <summary>{t('notices.details')}</summary>
            <Code block className="notice-report">
              {report}
            </Code>
            <Button
              variant="default"
              size="compact-xs"
              onClick={() => {
                void navigator.clipboard.writeText(report);
              }}
            >
              {t('notices.copy-report')}
            </Button>
          </details>
        )}
      </div>
    </li>
  );
}
