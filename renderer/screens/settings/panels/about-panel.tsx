import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../../components/query-state.tsx';
import { Section } from '../../../components/screen.tsx';
import { SimpleTable } from '../../../components/simple-table.tsx';
import { api } from '../../../connection/client.ts';
import { startTour } from '../../../frame/tour/tour-state.ts';
import classes from '../settings.module.css';

const signs = { pass: '✓', warn: '!', fail: '✕' } as const;

/** What this program is, where it keeps its things, and whether all it stands on is sound. */
export function AboutPanel() {
  const { t } = useTranslation('settings');
  const [isExamining, setExamining] = useState(false);
  const about = useQuery(api.system.about.queryOptions());
  const doctor = useQuery({ ...api.system.doctor.queryOptions(), enabled: isExamining });
  return (
    <Section
      title={t('panels.about')}
      actions={
        <>
          <Button variant="default" onClick={startTour}>
            {t('about.tour')}
          </Button>
          <Button
            variant="default"
            loading={doctor.isFetching}
            onClick={() => {
              if (isExamining) void doctor.refetch();
              else setExamining(true);
            }}
          >
            {t('about.examine')}
          </Button>
        </>
      }
    >
      <QueryState query={about}>
        {({ version, home, schemaVersion }) => (
          <dl className={classes.facts}>
            <dt>{t('about.version')}</dt>
            <dd>{version}</dd>
            <dt>{t('about.home')}</dt>
            <dd>
              <code dir="auto" data-private>
                {home}
              </code>
            </dd>
            <dt>{t('about.schema')}</dt>
            <dd>{schemaVersion}</dd>
          </dl>
        )}
      </QueryState>
      {doctor.data && (
        <SimpleTable
          caption={t('about.findings')}
          rows={doctor.data.findings}
          rowKey={({ name }) => name}
          columns={[
            {
              key: 'status',
              title: t('about.status'),
              cell: ({ status }) => `${signs[status]} ${t(`about.status-${status}`)}`,
            },
            { key: 'name', title: t('about.check'), isRowHead: true, cell: ({ name }) => name },
            {
              key: 'message',
              title: t('about.finding'),
              cell: ({ message }) => <span dir="auto">{message}</span>,
            },
          ]}
        />
      )}
    </Section>
  );
}
