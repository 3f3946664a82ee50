import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ImportTrial } from '../../../../engine/contract/imports.ts';
import { useFormat } from '../../../components/format.ts';
import { Metric, MetricRow } from '../../../components/metric.tsx';
import { SimpleTable } from '../../../components/simple-table.tsx';
import { api } from '../../../connection/client.ts';
import { UnresolvedName } from '../unresolved-name.tsx';
import classes from '../data.module.css';

export interface TrialReportProps {
  readonly trial: ImportTrial | undefined;
  readonly isUnderWay: boolean;
}

/** What writing the file would do, row by row where something stands in the way. Nothing of it is kept. */
export function TrialReport({ trial, isUnderWay }: TrialReportProps) {
  const { t } = useTranslation('data');
  const format = useFormat();
  if (trial === undefined || isUnderWay) {
    return (
      <p className={classes.text} role="status">
        <Loader size="xs" /> {t('trial.under-way')}
      </p>
    );
  }
  const { matches, quotes } = trial;
  const figure = (name: string, value: number | undefined) => (
    <Metric
      label={t(`trial.figures.${name}`)}
      value={value === undefined ? null : format.count(value)}
      missing={t('trial.stopped')}
      definition={t(`trial.definitions.${name}`)}
    />
  );
  return (
    <div className={classes.stack} role="status">
      <p className={classes.text}>{matches === null ? t('trial.names') : t('trial.fine')}</p>
      <MetricRow>
        {figure('rows', trial.rowsRead)}
        {figure('new', matches?.new)}
        {figure('changed', matches?.changed)}
        {figure('unchanged', matches?.unchanged)}
        {figure('quotes', quotes?.new)}
        {figure('refused', trial.refusedCount)}
      </MetricRow>
      {trial.newTeams.length > 0 && (
        <p className={classes.text}>
          {t('trial.new-teams', { count: trial.newTeams.length, names: trial.newTeams.join(', ') })}
        </p>
      )}
      {trial.unresolved.length > 0 && <Names trial={trial} />}
      <Notes title={t('trial.refused')} notes={trial.refused} count={trial.refusedCount} />
      <Notes title={t('trial.conflicts')} notes={trial.conflicts} count={trial.conflicts.length} />
      <Notes title={t('trial.warnings')} notes={trial.warnings} count={trial.warningCount} />
    </div>
  );
}

/** Names that stop the file; those that the getting room already waits for can be answered here. */
function Names({ trial }: { readonly trial: ImportTrial }) {
  const { t } = useTranslation('data');
  const waiting = useQuery(api.teams.unresolved.queryOptions()).data ?? [];
  const names = new Set(trial.unresolved.map(({ name }) => name));
  const open = waiting.filter(({ name }) => names.has(name));
  return (
    <section aria-label={t('teams.title')}>
      <ul className={classes.names}>
        {open.map((name) => (
          <UnresolvedName key={`${name.source} ${name.country} ${name.name}`} unresolved={name} />
        ))}
      </ul>
    </section>
  );
}

function Notes(props: {
  readonly title: string;
  readonly count: number;
  readonly notes: readonly { readonly line: number; readonly reason: string }[];
}) {
  const { t } = useTranslation('data');
  const format = useFormat();
  const { title, count, notes } = props;
  if (notes.length === 0) return null;
  return (
    <details open>
      <summary>{t('trial.notes', { title, n: format.count(count) })}</summary>
      <div className={classes.preview}>
        <SimpleTable
          caption={title}
          isDense
          rows={notes}
          rowKey={(_, at) => at}
          columns={[
            {
              key: 'line',
              title: t('trial.line'),
              align: 'end',
              width: 72,
              cell: ({ line }) => (line > 0 ? format.count(line) : '–'),
            },
            { key: 'reason', title: t('trial.reason'), cell: ({ reason }) => <bdi>{reason}</bdi> },
          ]}
        />
      </div>
    </details>
  );
}
