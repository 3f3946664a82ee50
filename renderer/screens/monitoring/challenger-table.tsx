import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/format.ts';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { api } from '../../connection/client.ts';

/** Trainings that drift asked for: when, why, and what the gate said of what they brought. Nothing without any. */
export function ChallengerTable() {
  const { t } = useTranslation('monitoring');
  const format = useFormat();
  const { language } = format.preferences;
  const { data } = useQuery(api.monitoring.challengers.queryOptions({ input: { language } }));
  if (data === undefined || data.length === 0) return null;
  return (
    <Section title={t('challengers.title')} info={t('challengers.info')} flush>
      <SimpleTable
        caption={t('challengers.title')}
        rows={data}
        rowKey={({ runId }) => String(runId)}
        columns={[
          {
            key: 'begun',
            title: t('challengers.begun'),
            isRowHead: true,
            cell: ({ runId, startedAt }) => (
              <Link to="/runs/$runId" params={{ runId: String(runId) }}>
                {format.instant(startedAt)}
              </Link>
            ),
          },
          {
            key: 'reasons',
            title: t('challengers.reasons'),
            cell: ({ reasons }) => reasons.map(({ words }) => `${words.title} (${words.figure})`).join('; '),
          },
          {
            key: 'versions',
            title: t('challengers.versions'),
            align: 'end',
            cell: ({ newVersions }) => format.count(newVersions),
          },
          { key: 'outcome', title: t('challengers.outcome'), cell: ({ outcome }) => outcome },
        ]}
      />
    </Section>
  );
}
