import { Button, NativeSelect, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Run, RunItem, RunLogLine } from '../../../engine/contract/runs.ts';
import { useFormat } from '../../components/format.ts';
import { QueryState } from '../../components/query-state.tsx';
import { saveFile } from '../../components/save-file.ts';
import { Screen, Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { api } from '../../connection/client.ts';
import { useCommands } from '../../frame/commands/use-commands.ts';
import { useEngine } from '../../frame/engine-state.ts';
import { useRunActions } from '../../frame/runs/run-actions.ts';
import { useNow } from '../../frame/use-now.ts';
import { canResume, elapsedMs, isUnfinished, runScope } from '../runs/run-facts.ts';
import { RunStateBadge } from '../runs/run-state.tsx';
import { RunsTable } from '../runs/runs-screen.tsx';
import classes from '../runs/runs.module.css';
import { runRoute } from './route.tsx';

const everyMs = 1000;
const shownItems = 500;
const shownLines = 1000;

/** One run: how it stands, its parts, what failed and why, its log, and what it was asked. */
export function RunScreen() {
  const { t } = useTranslation(['run', 'frame']);
  const runId = Number(runRoute.useParams().runId);
  const isActive = useEngine((state) => state.runs.some((run) => run.runId === runId));
  const query = useQuery({
    ...api.runs.show.queryOptions({ input: { runId } }),
    // The log of a run under way grows by the second; its progress comes by itself.
    refetchInterval: isActive ? everyMs : false,
  });
  const run = query.data?.run;
  const name = run
    ? t('frame:runs.named', { run: t(`frame:stages.${run.stage}`), id: run.id })
    : t('run:title', { id: runId });
  return (
    <Screen
      title={name}
      subtitle={run ? runScope(run.parameters, t) : undefined}
      actions={run && <Actions run={run} />}
    >
      <QueryState query={query}>
        {({ run: shown, children, items, log }) => (
          <div className={classes.sections}>
            <Facts run={shown} />
            {children.length > 0 && (
              <Section title={t('run:parts')} flush>
                <RunsTable runs={children} isOfParts />
              </Section>
            )}
            {items.length > 0 && <Items items={items} />}
            <Log log={log} runId={runId} />
            <Section title={t('run:parameters')} info={t('run:parameters-means')} flush>
              <pre className={classes.values} tabIndex={0} aria-label={t('run:parameters')} data-private>
                {JSON.stringify(
                  { instant: new Date(shown.instant).toISOString(), today: shown.today, ...shown.parameters },
                  null,
                  2,
                )}
              </pre>
            </Section>
            {shown.result !== null && (
              <Section title={t('run:result')} flush>
                <pre className={classes.values} tabIndex={0} aria-label={t('run:result')} data-private>
                  {JSON.stringify(shown.result, null, 2)}
                </pre>
              </Section>
            )}
          </div>
        )}
      </QueryState>
    </Screen>
  );
}

function Actions({ run }: { readonly run: Run }) {
  const { t } = useTranslation(['run', 'frame']);
  const actions = useRunActions();
  const state = useEngine((known) => known.runs.find(({ runId }) => runId === run.id))?.state ?? run.state;
  const canStop = isUnfinished({ state });
  const canGoOn = canResume({ ...run, state });
  useCommands([
    {
      id: 'run.replay',
      title: t('run:replay'),
      category: 'runs',
      run: () => void actions.replay(run),
    },
    {
      id: 'run.resume',
      title: t('run:resume'),
      category: 'runs',
      disabledReason: canGoOn ? undefined : t('run:nothing-to-resume'),
      run: () => void actions.resume(run.id),
    },
  ]);
  return (
    <>
      <RunStateBadge state={state} />
      {canStop && (
        <Button variant="default" onClick={() => void actions.stop(run.id)}>
          {t('run:stop')}
        </Button>
      )}
      {canGoOn && (
        <Button onClick={() => void actions.resume(run.id)}>
          {state === 'done' ? t('run:retry-failed') : t('run:resume')}
        </Button>
      )}
      <Button variant="default" onClick={() => void actions.replay(run)}>
        {t('run:replay')}
      </Button>
    </>
  );
}

function Facts({ run }: { readonly run: Run }) {
  const { t } = useTranslation(['run', 'engine']);
  const format = useFormat();
  const now = useNow(isUnfinished(run) ? 1000 : 60_000);
  const facts: readonly (readonly [string, string])[] = [
    [t('run:facts.started'), format.instant(run.startedAt)],
    [t('run:facts.finished'), run.finishedAt === null ? '–' : format.instant(run.finishedAt)],
    [t('run:facts.elapsed'), format.duration(elapsedMs(run, now))],
    [
      t('run:facts.items'),
      run.itemsTotal > 0
        ? `${format.count(run.itemsDone)} / ${format.count(run.itemsTotal)}`
        : format.count(run.itemsDone),
    ],
    [t('run:facts.failed'), format.count(run.itemsFailed)],
  ];
  return (
    <Section title={t('run:state')}>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {run.errorCode !== null && (
        <p className={classes.error} role="alert">
          {t(`engine:errors.${run.errorCode}`)}{' '}
          <code dir="auto" data-private>
            {run.errorMessage}
          </code>
        </p>
      )}
    </Section>
  );
}

function Items({ items }: { readonly items: readonly RunItem[] }) {
  const { t } = useTranslation(['run', 'frame', 'engine']);
  const format = useFormat();
  const navigate = useNavigate({ from: runRoute.fullPath });
  const { failed = false } = runRoute.useSearch();
  const failures = items.filter(({ state }) => state === 'failed').length;
  const shown = items.filter(({ state }) => !failed || state === 'failed').slice(0, shownItems);
  return (
    <Section
      title={t('run:items')}
      note={t('run:items-count', { count: items.length, failed: failures })}
      flush
      actions={
        <Switch
          label={t('run:only-failed')}
          checked={failed}
          onChange={(event) => {
            const isOn = event.currentTarget.checked;
            void navigate({ search: (search) => ({ ...search, failed: isOn || undefined }), replace: true });
          }}
        />
      }
    >
      <SimpleTable
        caption={t('run:items')}
        isDense
        rows={shown}
        rowKey={({ key }) => key}
        empty={t('run:none-failed')}
        columns={[
          {
            key: 'key',
            title: t('run:columns.item'),
            isRowHead: true,
            cell: (item) => <span dir="auto">{item.key}</span>,
          },
          {
            key: 'state',
            title: t('run:columns.state'),
            cell: (item) => <RunStateBadge state={item.state} />,
          },
          {
            key: 'duration',
            title: t('run:columns.duration'),
            align: 'end',
            cell: (item) => format.duration(item.durationMs),
          },
          {
            key: 'error',
            title: t('run:columns.error'),
            cell: (item) =>
              item.errorCode === null ? (
                ''
              ) : (
                <span className={classes.error} title={item.errorMessage ?? ''}>
                  {t(`engine:errors.${item.errorCode}`)} <span dir="auto">{item.errorMessage}</span>
                </span>
              ),
          },
        ]}
      />
    </Section>
  );
}

const levels = ['info', 'warn', 'error'] as const;

function Log({ log, runId }: { readonly log: readonly RunLogLine[]; readonly runId: number }) {
  const { t } = useTranslation('run');
  const format = useFormat();
  const navigate = useNavigate({ from: runRoute.fullPath });
  const { level = 'info' } = runRoute.useSearch();
  const fitting = log.filter((line) => levels.indexOf(line.level) >= levels.indexOf(level));
  const shown = fitting.slice(-shownLines);
  return (
    <Section
      title={t('log')}
      note={
        shown.length < fitting.length
          ? t('log-count', { count: fitting.length, shown: shown.length })
          : t('log-lines', { count: fitting.length })
      }
      flush
      actions={
        <>
          <NativeSelect
            aria-label={t('level')}
            value={level}
            data={levels.map((value) => ({ value, label: t(`levels.${value}`) }))}
            onChange={(event) => {
              const chosen = levels.find((one) => one === event.currentTarget.value);
              void navigate({
                search: (search) => ({ ...search, level: chosen === 'info' ? undefined : chosen }),
                replace: true,
              });
            }}
          />
          <Button
            variant="default"
            disabled={log.length === 0}
            onClick={() => {
              const lines = log.map((line) =>
                JSON.stringify({ ...line, instant: new Date(line.instant).toISOString() }),
              );
              saveFile(
                `auspex-run-${runId}.jsonl`,
                new Blob([`${lines.join('\n')}\n`], { type: 'application/jsonl' }),
              );
            }}
          >
            {t('save-log')}
          </Button>
        </>
      }
    >
      {shown.length === 0 ? (
        <p className={classes.values}>{t('no-log')}</p>
      ) : (
        <ol className={classes.log} tabIndex={0} aria-label={t('log')}>
          {shown.map((line, at) => (
            <li key={`${at}-${line.instant}`} data-level={line.level}>
              <span className={classes.time}>{format.instant(line.instant)}</span>
              <span>{t(`levels.${line.level}`)}</span>
              <span dir="auto" data-private>
                {line.code === null ? '' : `${line.code}: `}
                {line.message}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
