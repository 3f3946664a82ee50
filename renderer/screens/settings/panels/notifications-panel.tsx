import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../../components/screen.tsx';
import { askForNotices, noticePermission, showSystemNotice } from '../../../frame/system-notices.ts';
import classes from '../settings.module.css';

/** Whether the system may be spoken through, and the one place where the browser is asked for it. */
export function NotificationsPanel() {
  const { t } = useTranslation('settings');
  const [permission, setPermission] = useState(noticePermission);
  return (
    <Section
      title={t('panels.notifications')}
      actions={
        permission === 'default' ? (
          <Button
            onClick={() => {
              void askForNotices().then(setPermission);
            }}
          >
            {t('notifications.allow')}
          </Button>
        ) : permission === 'granted' ? (
          <Button
            variant="default"
            onClick={() => {
              showSystemNotice({
                title: t('notifications.sample-title'),
                text: t('notifications.sample-text'),
                address: '/settings?group=notifications',
                tag: 'sample',
                follow: () => undefined,
              });
            }}
          >
            {t('notifications.try')}
          </Button>
        ) : undefined
      }
    >
      <p role="status">{t(`notifications.${permission}`)}</p>
      <p className={classes.note}>{t('notifications.text')}</p>
    </Section>
  );
}
