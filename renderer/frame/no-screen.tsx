import { Button } from '@mantine/core';
import { Link, useRouter, useRouterState } from '@tanstack/react-router';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../components/empty-state.tsx';
import { Screen, Section } from '../components/screen.tsx';
import { failureOf } from '../connection/failure.ts';
import { failureReport } from './failure-text.ts';

/** What stands where an address leads to no screen. */
export function NoScreen() {
  const { t } = useTranslation('no-screen');
  const address = useRouterState({ select: ({ location }) => location.pathname });
  return (
    <Screen title={t('title')}>
      <Section title={t('where')}>
        <EmptyState
          title={t('nothing', { address: address.slice(0, 80) })}
          text={t('hint')}
          action={
            <Button component={Link} to="/today">
              {t('home')}
            </Button>
          }
        />
      </Section>
    </Screen>
  );
}

/** What stands in the place of a screen that broke while it was drawn; everything around it goes on. */
export function BrokenScreen({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation('no-screen');
  const router = useRouter();
  const report = failureReport(failureOf(error));
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Screen title={t('broken')}>
      <Section title={t('what')}>
        <EmptyState
          title={t('broken-text')}
          text={<code>{report}</code>}
          action={
            <>
              <Button onClick={again}>{t('common:retry')}</Button>{' '}
              <Button
                variant="default"
                onClick={() => {
                  void navigator.clipboard.writeText(report);
                }}
              >
                {t('copy-report')}
              </Button>
            </>
          }
        />
      </Section>
    </Screen>
  );
}
