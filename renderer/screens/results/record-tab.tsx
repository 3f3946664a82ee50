import { Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RecordGroup, ResultRecord } from '../../../engine/contract/results.ts';
import { ExportMenu } from '../../components/export-menu.tsx';
import { useFormat } from '../../components/format.ts';
import { Metric, MetricRow } from '../../components/metric.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { api } from '../../connection/client.ts';
import { useGroupNames } from './group-names.ts';
import { RecordChart } from './record-chart.tsx';
import { RecordTable, useRecordExport } from './record-table.tsx';
import type { ResultsTabProps } from './results-screen.tsx';
import type { ResultsSearch } from './route.tsx';
import classes from './results.module.css';

const groupings = ['type', 'label', 'championship', 'season', 'month', 'strength', 'selection'] as const;

const groupsOf = (record: ResultRecord): Readonly<Record<ResultsSearch['by'], readonly RecordGroup[]>> => ({
  type: record.byType,
  label: record.byLabel,
  championship: record.byChampionship,
  season: record.bySeason,
  month: record.byMonth,
  strength: record.byStrength,
  selection: record.bySelection,
});

/** The record in one line, by strength, and by whatever is chosen. */
export function RecordTab({ search, filter, isReady, change }: ResultsTabProps) {
  const { t } = useTranslation('results');
  const record = useQuery(
    api.results.record.queryOptions({
      input: filter,
      enabled: isReady,
      placeholderData: keepPreviousData,
      staleTime: 30_000,
    }),
  );
  return (
    <QueryState
      query={record}
      height={520}
      empty={{ when: (data) => data.record.all === null, title: t('empty.title'), text: t('empty.text') }}
    >
      {(data) => (
        <div className={classes.stack}>
          <Section title={t('record.title')} info={t('record.info')}>
            <Totals record={data.record} />
            {data.record.live < data.record.all!.n && <ReplayNote record={data.record} />}
          </Section>
          <Section title={t('record.by-strength')} info={t('record.by-strength-info')}>
            <RecordChart by="strength" groups={data.record.byStrength} />
          </Section>
          <Groups by={search.by} record={data.record} change={change} />
        </div>
      )}
    </QueryState>
  );
}

function ReplayNote({ record }: { readonly record: ResultRecord }) {
  const { t } = useTranslation('results');
  const format = useFormat();
  return (
    <p className={classes.paragraph}>
      {t('record.replays', { live: format.count(record.live), all: format.count(record.all?.n) })}
    </p>
  );
}

function Totals({ record }: { readonly record: ResultRecord }) {
  const { t } = useTranslation('results');
  const format = useFormat();
  const { n, hits, meanProbability, low, high, brier, held80, held90 } = record.all!;
  const metric = (key: string) => ({
    label: t(`record.${key}.label`),
    definition: t(`record.${key}.definition`),
    missing: t('record.no-sets'),
  });
  const percent = (value: number) => format.percent(value);
  const share = ({ n: count, held }: { readonly n: number; readonly held: number }) =>
    count === 0 ? null : percent(held / count);
  const isWithin = meanProbability >= low && meanProbability <= high;
  return (
    <MetricRow>
      <Metric
        {...metric('hit-rate')}
        value={percent(hits / n)}
        interval={{ low: percent(low), high: percent(high), level: 0.9 }}
        n={n}
      />
      <Metric
        {...metric('expected')}
        value={percent(meanProbability)}
        verdict={{
          tone: isWithin ? 'good' : 'warning',
          text: t(isWithin ? 'record.expected.within' : 'record.expected.outside'),
        }}
      />
      <Metric {...metric('brier')} value={format.number(brier, 4)} n={n} />
      <Metric {...metric('held-80')} value={share(held80)} n={held80.n} />
      <Metric {...metric('held-90')} value={share(held90)} n={held90.n} />
    </MetricRow>
  );
}

function Groups({
  by,
  record,
  change,
}: {
  readonly by: ResultsSearch['by'];
  readonly record: ResultRecord;
  readonly change: ResultsTabProps['change'];
}) {
  const { t } = useTranslation('results');
  const groups = groupsOf(record)[by];
  const nameOf = useGroupNames(by);
  const table = useRecordExport(groups, by);
  return (
    <Section
      title={t(`record.groups.${by}`)}
      actions={
        <>
          <Select
            size="xs"
            w={200}
            aria-label={t('record.group-by')}
            allowDeselect={false}
            value={by}
            onChange={(chosen) => {
              change({ by: chosen as ResultsSearch['by'] });
            }}
            data={groupings.map((one) => ({ value: one, label: t(`record.by.${one}`) }))}
          />
          <ExportMenu rows={groups.length} table={table} />
        </>
      }
    >
      {by !== 'strength' && groups.length <= 24 && <RecordChart by={by} groups={groups} />}
      <RecordTable groups={groups} nameOf={nameOf} title={t(`record.groups.${by}`)} />
    </Section>
  );
}
