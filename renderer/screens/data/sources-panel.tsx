import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SourceHealth } from '../../../engine/contract/data.ts';
import { useFormat } from '../../components/format.ts';
import { useNow } from '../../frame/use-now.ts';
import { Missing } from '../../components/missing.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import type { SimpleColumn } from '../../components/simple-table.tsx';
import { api } from '../../connection/client.ts';
import { notify } from '../../frame/notify.ts';
import { MappedReading } from './mapped-reading.tsx';
import { ToneBadge } from './tone.tsx';
import type { Tone } from './tone.tsx';
import classes from './data.module.css';

/** Every source: how it fares, and a button to read it now. */
export function SourcesPanel() {
  const { t } = useTranslation('data');
  const query = useQuery(api.data.sources.queryOptions());
  return (
    <Section title={t('sources.title')} info={t('sources.info')} flush>
      <QueryState query={query} height={320}>
        {(sources) => <SourcesTable sources={sources} />}
      </QueryState>
    </Section>
  );
}

function SourcesTable({ sources }: { readonly sources: readonly SourceHealth[] }) {
  const { t } = useTranslation('data');
  const format = useFormat();
  const now = useNow(60_000);
  const columns: SimpleColumn<SourceHealth>[] = [
    {
      key: 'name',
      title: t('sources.columns.name'),
      isRowHead: true,
      cell: (source) => (
        <>
          <div>{source.name}</div>
          <div className={classes.muted}>{t(`sources.about.${source.name}`)}</div>
        </>
      ),
    },
    { key: 'state', title: t('sources.columns.state'), cell: (source) => <SourceState source={source} /> },
    {
      key: 'success',
      title: t('sources.columns.success'),
      definition: t('sources.definitions.success'),
      cell: ({ lastSuccessAt, lastReadAt }) => {
        const instant = lastSuccessAt ?? lastReadAt;
        return instant === null ? (
          <Missing reason={t('sources.never')} />
        ) : (
          <span title={format.instant(instant)}>{format.relative(instant, now)}</span>
        );
      },
    },
    {
      key: 'latency',
      title: t('sources.columns.latency'),
      definition: t('sources.definitions.latency'),
      align: 'end',
      cell: ({ latencyMs, calls }) =>
        latencyMs === null ? (
          <Missing reason={t('sources.no-calls')} />
        ) : (
          <span title={t('sources.calls', { count: calls })}>{format.duration(latencyMs)}</span>
        ),
    },
    {
      key: 'files',
      title: t('sources.columns.files'),
      align: 'end',
      cell: ({ files }) => format.count(files),
    },
    { key: 'rows', title: t('sources.columns.rows'), align: 'end', cell: ({ rows }) => format.count(rows) },
    {
      key: 'refused',
      title: t('sources.columns.refused'),
      definition: t('sources.definitions.refused'),
      align: 'end',
      cell: ({ refused, conflicts }) => format.count(refused + conflicts),
    },
    {
      key: 'next',
      title: t('sources.columns.next'),
      cell: ({ nextRunAt }) =>
        nextRunAt === null ? <Missing reason={t('sources.not-scheduled')} /> : format.instant(nextRunAt),
    },
    { key: 'run', title: t('sources.columns.run'), cell: (source) => <RunButton source={source} /> },
  ];
  return (
    <SimpleTable caption={t('sources.title')} columns={columns} rows={sources} rowKey={({ name }) => name} />
  );
}

function SourceState({ source }: { readonly source: SourceHealth }) {
  const { t } = useTranslation(['data', 'engine']);
  const { lastRun, failuresSince, files } = source;
  const [tone, text] = ((): [Tone, string] => {
    if (lastRun?.state === 'running' || lastRun?.state === 'queued')
      return ['neutral', t('sources.state.running')];
    if (failuresSince > 0) return ['bad', t('sources.state.failing', { count: failuresSince })];
    if (lastRun?.state === 'interrupted' || lastRun?.state === 'cancelled')
      return ['warning', t('sources.state.stopped')];
    return files > 0 ? ['good', t('sources.state.well')] : ['neutral', t('sources.state.unused')];
  })();
  return (
    <div>
      {lastRun === null ? (
        <ToneBadge tone={tone} text={text} />
      ) : (
        <Link to="/runs/$runId" params={{ runId: String(lastRun.runId) }}>
          <ToneBadge tone={tone} text={text} />
        </Link>
      )}
      {failuresSince > 0 && lastRun?.errorCode && (
        <p className={classes.error} title={lastRun.errorMessage ?? undefined}>
          {t(`engine:errors.${lastRun.errorCode}`)}
        </p>
      )}
    </div>
  );
}

/** Sources whose files mean nothing without a mapping, and that the import does not read. */
const mappedSources: ReadonlySet<string> = new Set(['facts', 'news']);

/** Reads the source again as it was read last; a source that was never read is asked at its own address. */
function RunButton({ source }: { readonly source: SourceHealth }) {
  const { t } = useTranslation('data');
  const start = useMutation(
    api.runs.start.mutationOptions({
      onSuccess: ({ runId }) => {
        notify.success(t('sources.started', { name: source.name }), { address: `/runs/${runId}` });
      },
      onError: notify.failure,
    }),
  );
  const isUnderWay = source.lastRun?.state === 'running' || source.lastRun?.state === 'queued';
  const { date: _, ...last } = source.lastParameters ?? {};
  const read = (parameters: Readonly<Record<string, unknown>>) => {
    start.mutate({ stage: 'getting', parameters: { ...parameters, source: source.name } });
  };
  const again = (
    <Button
      size="xs"
      variant="default"
      loading={start.isPending}
      disabled={isUnderWay}
      aria-label={t('sources.run-named', { name: source.name })}
      onClick={() => {
        read(last);
      }}
    >
      {t('sources.run')}
    </Button>
  );
  if (mappedSources.has(source.name)) {
    return (
      <div className={classes.runs}>
        {source.lastParameters !== null && again}
        <MappedReading source={source} isDisabled={isUnderWay} isPending={start.isPending} onRead={read} />
      </div>
    );
  }
  if (source.canRunAlone || source.lastParameters !== null) return again;
  return <span className={classes.muted}>{t(`sources.how.${source.name}`)}</span>;
}
