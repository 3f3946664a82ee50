import { ActionIcon, Button, MultiSelect, NativeSelect, Progress, Tooltip } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { runStates } from '../../../engine/contract/runs.ts';
import type { Run } from '../../../engine/contract/runs.ts';
import { runKinds } from '../../../engine/contract/stages.ts';
import { useFormat } from '../../components/format.ts';
import { QueryState } from '../../components/query-state.tsx';
import { Screen, Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import type { SimpleColumn } from '../../components/simple-table.tsx';
import { api } from '../../connection/client.ts';
import { useCommands } from '../../frame/commands/use-commands.ts';
import { remainingMs, useEngine } from '../../frame/engine-state.ts';
import { Icon } from '../../frame/icons.tsx';
import { useRunActions } from '../../frame/runs/run-actions.ts';
import { phaseText } from '../../frame/runs/run-words.ts';
import { SavedViews } from '../../frame/saved-views.tsx';
import { useNow } from '../../frame/use-now.ts';
import { runsRoute } from './route.tsx';
import { canResume, elapsedMs, isUnfinished, runScope } from './run-facts.ts';
import { RunStateBadge } from './run-state.tsx';
import classes from './runs.module.css';
import { StartForm } from './start-form.tsx';

const page = 50;

/** Everything that was run, with what can be done about it. */
export function RunsScreen() {
  const { t } = useTranslation(['runs', 'frame']);
  const { states, stage, limit = page, start } = runsRoute.useSearch();
  const navigate = useNavigate({ from: runsRoute.fullPath });
  const query = useQuery({
    ...api.runs.list.queryOptions({ input: { limit, states, stage } }),
    placeholderData: keepPreviousData,
  });
  const setStart = (isOpen: boolean) => {
    void navigate({ search: (search) => ({ ...search, start: isOpen || undefined }), replace: true });
  };
  useCommands([
    {
      id: 'runs.start-form',
      title: t('runs:start.open'),
      category: 'runs',
      shortcut: 'KeyN',
      run: () => {
        setStart(true);
      },
    },
  ]);
  return (
    <Screen
      title={t('runs:title')}
      subtitle={t('runs:subtitle')}
      actions={
        <>
          <SavedViews screen="runs" />
          <Button
            onClick={() => {
              setStart(true);
            }}
          >
            {t('runs:start.open')}
          </Button>
        </>
      }
    >
      {start === true && (
        <StartForm
          onClose={() => {
            setStart(false);
          }}
        />
      )}
      <div className={classes.filters} role="search">
        <MultiSelect
          aria-label={t('runs:filter.states')}
          placeholder={states === undefined ? t('runs:filter.states') : ''}
          w={280}
          clearable
          value={states ?? []}
          data={runStates.map((state) => ({ value: state, label: t(`frame:run-states.${state}`) }))}
          onChange={(chosen) => {
            const next = runStates.filter((state) => chosen.includes(state));
            void navigate({
              search: (search) => ({ ...search, states: next.length > 0 ? next : undefined }),
            });
          }}
        />
        <NativeSelect
          aria-label={t('runs:filter.stage')}
          value={stage ?? ''}
          data={[
            { value: '', label: t('runs:filter.all-stages') },
            ...runKinds.map((kind) => ({ value: kind, label: t(`frame:stages.${kind}`) })),
          ]}
          onChange={(event) => {
            const kind = runKinds.find((one) => one === event.currentTarget.value);
            void navigate({ search: (search) => ({ ...search, stage: kind }) });
          }}
        />
      </div>
      <Section title={t('runs:list')} flush>
        <QueryState
          query={query}
          empty={{
            when: (runs) => runs.length === 0,
            title: t('runs:empty.title'),
            text: t('runs:empty.text'),
            action: (
              <Button
                onClick={() => {
                  setStart(true);
                }}
              >
                {t('runs:start.open')}
              </Button>
            ),
          }}
        >
          {(runs) => (
            <>
              <RunsTable runs={runs} />
              {runs.length >= limit && (
                <div className={classes.more}>
                  <Button
                    variant="default"
                    onClick={() => {
                      void navigate({
                        search: (search) => ({ ...search, limit: Math.min(1000, limit * 2) }),
                      });
                    }}
                  >
                    {t('runs:more')}
                  </Button>
                </div>
              )}
            </>
          )}
        </QueryState>
      </Section>
    </Screen>
  );
}

/** Runs with their states and actions; parts of a pipeline use it, too. */
export function RunsTable({
  runs,
  isOfParts = false,
}: {
  readonly runs: readonly Run[];
  readonly isOfParts?: boolean;
}) {
  const { t } = useTranslation(['runs', 'frame', 'engine']);
  const format = useFormat();
  const now = useNow(runs.some(isUnfinished) ? 1000 : 60_000);
  const columns: SimpleColumn<Run>[] = [
    {
      key: 'run',
      title: t('runs:columns.run'),
      isRowHead: true,
      cell: (run) => (
        <Link to="/runs/$runId" params={{ runId: String(run.id) }} className={classes.link}>
          {t('frame:runs.named', { run: t(`frame:stages.${run.stage}`), id: run.id })}
        </Link>
      ),
    },
    { key: 'state', title: t('runs:columns.state'), cell: (run) => <LiveState run={run} /> },
    {
      key: 'progress',
      title: t('runs:columns.progress'),
      width: '26%',
      cell: (run) => <RunProgress run={run} now={now} />,
    },
    ...(isOfParts
      ? []
      : [
          {
            key: 'scope',
            title: t('runs:columns.scope'),
            cell: (run: Run) => (
              <span className={classes.scope} title={runScope(run.parameters, t)}>
                {runScope(run.parameters, t)}
              </span>
            ),
          },
          {
            key: 'started',
            title: t('runs:columns.started'),
            cell: (run: Run) => format.instant(run.startedAt),
          },
        ]),
    {
      key: 'elapsed',
      title: t('runs:columns.elapsed'),
      align: 'end',
      cell: (run) => (run.state === 'queued' ? '–' : format.duration(elapsedMs(run, now))),
    },
    ...(isOfParts
      ? []
      : [
          {
            key: 'actions',
            title: t('runs:columns.actions'),
            align: 'end' as const,
            cell: (run: Run) => <RunActions run={run} />,
          },
        ]),
  ];
  return <SimpleTable caption={t('runs:list')} columns={columns} rows={runs} rowKey={({ id }) => id} />;
}

/** The state as it is heard, which is newer than what was read. */
function LiveState({ run }: { readonly run: Run }) {
  const glance = useEngine((state) => state.runs.find(({ runId }) => runId === run.id));
  return <RunStateBadge state={glance?.state ?? run.state} />;
}

function RunProgress({ run, now }: { readonly run: Run; readonly now: number }) {
  const { t } = useTranslation(['runs', 'frame', 'engine']);
  const format = useFormat();
  const glances = useEngine((state) => state.runs);
  const beganAt = useEngine((state) => state.beganAt);
  const glance =
    glances.find(({ parentId, state }) => parentId === run.id && state === 'running') ??
    glances.find(({ runId }) => runId === run.id);
  if (glance) {
    const left = remainingMs(glance, beganAt[glance.runId], now);
    return (
      <div className={classes.progress}>
        <Progress
          value={glance.total > 0 ? (100 * glance.done) / glance.total : glance.state === 'running' ? 100 : 0}
          animated={glance.total === 0 && glance.state === 'running'}
          aria-label={t('frame:runs.progress-named', { id: run.id })}
        />
        <span className={classes.note}>
          {[
            glance.parentId === run.id ? t(`frame:stages.${glance.stage}`) : '',
            phaseText(glance.phase, t),
            glance.total > 0 ? `${format.count(glance.done)} / ${format.count(glance.total)}` : '',
            left === undefined ? '' : t('frame:runs.left', { time: format.duration(left) }),
          ]
            .filter((text, at, all) => text !== '' && text !== all[at - 1])
            .join(' · ')}
        </span>
      </div>
    );
  }
  if (run.errorCode !== null && run.state !== 'cancelled' && run.state !== 'interrupted') {
    return (
      <span className={classes.error} title={run.errorMessage ?? ''}>
        {t(`engine:errors.${run.errorCode}`)}
      </span>
    );
  }
  return (
    <span className={classes.note}>
      {run.itemsTotal > 0
        ? t('runs:items', {
            count: run.itemsDone,
            done: format.count(run.itemsDone),
            total: format.count(run.itemsTotal),
          })
        : ''}
      {run.itemsFailed > 0 && (
        <span className={classes.error}> {t('runs:failed', { count: run.itemsFailed })}</span>
      )}
    </span>
  );
}

/** Stop, resume or try again, and run again. */
export function RunActions({ run }: { readonly run: Run }) {
  const { t } = useTranslation('frame');
  const actions = useRunActions();
  const state = useEngine((known) => known.runs.find(({ runId }) => runId === run.id))?.state ?? run.state;
  const button = (name: 'stop' | 'resume' | 'replay', act: () => Promise<void>) => (
    <Tooltip label={t(`runs.${name}-named`, { id: run.id })}>
      <ActionIcon aria-label={t(`runs.${name}-named`, { id: run.id })} onClick={() => void act()}>
        <Icon name={name} />
      </ActionIcon>
    </Tooltip>
  );
  return (
    <span className={classes.actions}>
      {isUnfinished({ state }) && button('stop', () => actions.stop(run.id))}
      {canResume({ ...run, state }) && button('resume', () => actions.resume(run.id))}
      {button('replay', () => actions.replay(run))}
    </span>
  );
}
