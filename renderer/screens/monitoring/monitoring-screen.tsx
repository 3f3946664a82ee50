import { Button, NativeSelect } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/format.ts';
import { QueryState } from '../../components/query-state.tsx';
import { Screen, Section } from '../../components/screen.tsx';
import { api, client } from '../../connection/client.ts';
import { useCommands } from '../../frame/commands/use-commands.ts';
import { notify } from '../../frame/notify.ts';
import { SavedViews } from '../../frame/saved-views.tsx';
import { AlertList } from './alert-list.tsx';
import { ChallengerTable } from './challenger-table.tsx';
import { FindingTable } from './finding-table.tsx';
import { LiveRecordTable } from './live-record-table.tsx';
import { MonthCharts } from './month-charts.tsx';
import classes from './monitoring.module.css';
import { monitoringRoute } from './route.tsx';

/** What is watched day by day: what is out of bounds, how live forecasts fare, and every figure behind it. */
export function MonitoringScreen() {
  const { t } = useTranslation('monitoring');
  const format = useFormat();
  const { day } = monitoringRoute.useSearch();
  const navigate = useNavigate({ from: monitoringRoute.fullPath });
  const { language } = format.preferences;
  const days = useQuery(api.monitoring.days.queryOptions({ input: {} }));
  const report = useQuery({
    ...api.monitoring.report.queryOptions({ input: { ...(day === undefined ? {} : { day }), language } }),
    placeholderData: keepPreviousData,
  });
  const look = () => {
    client.runs.start({ stage: 'monitor', parameters: {} }).catch((error: unknown) => {
      notify.failure(error);
    });
  };
  useCommands([{ id: 'monitoring.look', title: t('look'), category: 'runs', run: look }]);
  const madeAt = report.data?.madeAt;
  return (
    <Screen
      title={t('title')}
      subtitle={madeAt === undefined ? t('subtitle') : t('as-of', { instant: format.instant(madeAt) })}
      actions={
        <>
          <NativeSelect
            aria-label={t('day')}
            value={day ?? ''}
            onChange={({ currentTarget }) => {
              const chosen = currentTarget.value === '' ? undefined : currentTarget.value;
              void navigate({ search: (before) => ({ ...before, day: chosen }) });
            }}
            data={[
              { value: '', label: t('newest') },
              ...(days.data ?? []).map((one) => ({ value: one.day, label: format.day(one.day) })),
            ]}
          />
          <SavedViews screen="monitoring" />
          <Button onClick={look}>{t('look')}</Button>
        </>
      }
    >
      <AlertList />
      <ChallengerTable />
      <QueryState
        query={report}
        empty={{
          when: (data) => data === null,
          title: t('empty.title'),
          text: t('empty.text'),
          action: <Button onClick={look}>{t('look')}</Button>,
        }}
      >
        {(data) =>
          data !== null && (
            <div className={classes.sections}>
              <Section title={t('record.title')} info={t('record.info')} flush>
                <LiveRecordTable records={data.records} />
              </Section>
              <MonthCharts months={data.months} day={data.day} />
              <FindingTable findings={data.findings} />
            </div>
          )
        }
      </QueryState>
    </Screen>
  );
}
