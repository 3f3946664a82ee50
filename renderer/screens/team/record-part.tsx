import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/format.ts';
import { Metric, MetricRow } from '../../components/metric.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { RecordTable } from '../../components/record-table.tsx';
import { Section } from '../../components/screen.tsx';
import { api } from '../../connection/client.ts';
import classes from './team.module.css';

/** What our forecasts of this team's matches came to, and whether we thought too much or too little of it. */
export function RecordPart({ teamId }: { readonly teamId: number }) {
  const { t } = useTranslation('team');
  const format = useFormat();
  const query = useQuery(api.team.record.queryOptions({ input: { teamId } }));
  const signed = (value: number) => format.signed(value, 2);
  const empty = {
    when: (data: { readonly records: readonly unknown[] }) => data.records.length === 0,
    title: t('record.none'),
    text: t('record.none-text'),
  };
  return (
    <div className={classes.part}>
      <Section title={t('surplus.title')} info={t('surplus.info')}>
        <QueryState query={query} height={96} empty={empty}>
          {(data) => (
            <MetricRow>
              {data.surplus.map(({ venue, points }) => (
                <Metric
                  key={venue}
                  label={t(`surplus.${venue}`)}
                  value={points.mean === null ? null : signed(points.mean)}
                  missing={t('record.none')}
                  definition={t('surplus.definition')}
                  n={points.n}
                  {...(points.low !== null && points.high !== null
                    ? {
                        interval: { low: signed(points.low), high: signed(points.high), level: points.level },
                      }
                    : {})}
                  {...(points.low !== null && points.high !== null
                    ? {
                        verdict:
                          points.low > 0
                            ? { tone: 'warning' as const, text: t('surplus.better') }
                            : points.high < 0
                              ? { tone: 'warning' as const, text: t('surplus.worse') }
                              : { tone: 'neutral' as const, text: t('surplus.as-expected') },
                      }
                    : {})}
                />
              ))}
            </MetricRow>
          )}
        </QueryState>
      </Section>
      <Section title={t('record.title')} info={t('record.info')} flush>
        <QueryState query={query} height={320} empty={empty}>
          {(data) => <RecordTable caption={t('record.title')} records={data.records} />}
        </QueryState>
      </Section>
    </div>
  );
}
