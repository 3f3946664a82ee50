import { Button, Switch } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { WordedAlert } from '../../../engine/contract/monitoring.ts';
import { useFormat } from '../../components/format.ts';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { api } from '../../connection/client.ts';
import { notify } from '../../frame/notify.ts';
import { LevelMark } from './level-mark.tsx';
import { monitoringRoute } from './route.tsx';
import classes from './monitoring.module.css';

/** What is out of bounds: since when, how bad, in which numbers, and what to do. */
export function AlertList() {
  const { t } = useTranslation('monitoring');
  const { cleared } = monitoringRoute.useSearch();
  const navigate = useNavigate({ from: monitoringRoute.fullPath });
  const { language } = useFormat().preferences;
  const query = useQuery(api.monitoring.alerts.queryOptions({ input: { isOpenOnly: !cleared, language } }));
  return (
    <Section
      title={t('alerts.title')}
      info={t('alerts.info')}
      actions={
        <Switch
          size="xs"
          label={t('alerts.cleared-too')}
          checked={cleared}
          onChange={({ currentTarget }) => {
            const { checked } = currentTarget;
            void navigate({ search: (before) => ({ ...before, cleared: checked }) });
          }}
        />
      }
    >
      <QueryState query={query} height={80}>
        {(alerts) =>
          alerts.length === 0 ? (
            <p className={classes.calm}>✓ {t('alerts.none')}</p>
          ) : (
            <ul className={classes.alerts}>
              {alerts.map((alert) => (
                <AlertItem key={alert.id} alert={alert} />
              ))}
            </ul>
          )
        }
      </QueryState>
    </Section>
  );
}

function AlertItem({ alert }: { readonly alert: WordedAlert }) {
  const { t } = useTranslation('monitoring');
  const format = useFormat();
  const acknowledge = useMutation(
    api.monitoring.acknowledge.mutationOptions({
      onError: (error) => {
        notify.failure(error);
      },
    }),
  );
  const { id, severity, raisedAt, clearedAt, acknowledgedAt, words } = alert;
  return (
    <li className={classes.alert} data-cleared={clearedAt !== null}>
      <div>
        <h3 className={classes.alertTitle}>
          <LevelMark level={severity} /> {words.title}
        </h3>
        <p className={classes.alertText} dir="auto">
          {words.text}
        </p>
        <p className={classes.alertAction}>{words.action}</p>
      </div>
      <div className={classes.alertSide}>
        <span>{t('alerts.since', { instant: format.instant(raisedAt) })}</span>
        {clearedAt !== null && <span>{t('alerts.cleared', { instant: format.instant(clearedAt) })}</span>}
        {clearedAt === null && acknowledgedAt === null && (
          <Button
            variant="default"
            size="xs"
            loading={acknowledge.isPending}
            onClick={() => {
              acknowledge.mutate({ id });
            }}
          >
            {t('alerts.acknowledge')}
          </Button>
        )}
        {clearedAt === null && acknowledgedAt !== null && (
          <span>{t('alerts.seen', { instant: format.instant(acknowledgedAt) })}</span>
        )}
      </div>
    </li>
  );
}
