import { Checkbox, Select } from '@mantine/core';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/format.ts';
import { Missing } from '../../components/missing.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import type { SimpleColumn } from '../../components/simple-table.tsx';
import { api } from '../../connection/client.ts';
import { useTokens } from '../../theme/use-tokens.ts';
import type { ExperimentRun } from '../../components/models/answers.ts';
import { ComparisonSection } from './comparison-section.tsx';
import { CurvesSection } from './curves-section.tsx';
import type { ModelsViewProps } from './route.tsx';
import { runColour } from './run-colour.ts';
import { RunInspector } from './run-inspector.tsx';
import { useRunNames } from '../../components/models/run-names.ts';
import { RunState } from '../../components/models/run-state.tsx';
import classes from '../../components/models/models.module.css';

const listed = 100;
/** Curves of more runs than this are a tangle. */
const mostCurves = 8;
const pollMs = 1000;

/** The experiments: every run with its colour, its curves as it learns, and runs side by side. */
export function RunsTab({ search, change }: ModelsViewProps) {
  const { t } = useTranslation('models');
  const experiments = useQuery(api.experiments.list.queryOptions());
  const runs = useQuery(
    api.experiments.runs.queryOptions({
      input: { limit: listed, ...(search.experiment === undefined ? {} : { experiment: search.experiment }) },
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) => (state.data?.some((run) => run.state === 'running') ? pollMs : false),
    }),
  );
  const hidden = search.hidden ?? [];
  const visible = (runs.data ?? []).filter(({ id }) => !hidden.includes(id)).slice(0, mostCurves);
  const shown = useQueries({
    queries: visible.map(({ id, state }) =>
      api.experiments.show.queryOptions({
        input: { id },
        placeholderData: keepPreviousData,
        refetchInterval: state === 'running' ? pollMs : false,
      }),
    ),
  }).flatMap(({ data }) => (data ? [data] : []));
  return (
    <div className={classes.content}>
      <div className={classes.bar}>
        <Select
          label={t('runs.experiment')}
          data={[
            { value: '', label: t('runs.all') },
            ...(experiments.data ?? []).map(({ name, runs: count }) => ({
              value: name,
              label: `${name} (${count})`,
            })),
          ]}
          value={search.experiment ?? ''}
          onChange={(value) => {
            change({ experiment: value === null || value === '' ? undefined : value, metric: undefined });
          }}
          searchable
          allowDeselect={false}
          w={260}
        />
      </div>
      <QueryState
        query={runs}
        height={320}
        empty={{ when: (list) => list.length === 0, title: t('runs.empty'), text: t('runs.empty-text') }}
      >
        {(list) => (
          <div className={classes.content}>
            <CurvesSection runs={shown} search={search} change={change} />
            <RunTable runs={list} search={search} change={change} />
          </div>
        )}
      </QueryState>
      {(search.compared?.length ?? 0) > 1 && <ComparisonSection search={search} change={change} />}
      {search.run !== undefined && (
        <RunInspector
          id={search.run}
          onClose={() => {
            change({ run: undefined });
          }}
        />
      )}
    </div>
  );
}

function RunTable({ runs, search, change }: ModelsViewProps & { readonly runs: readonly ExperimentRun[] }) {
  const { t } = useTranslation(['models', 'engine']);
  const format = useFormat();
  const tokens = useTokens();
  const names = useRunNames();
  const hidden = search.hidden ?? [];
  const compared = search.compared ?? [];
  const toggled = (list: readonly number[], id: number) => {
    const next = list.includes(id) ? list.filter((one) => one !== id) : [...list, id];
    return next.length === 0 ? undefined : next;
  };
  const metric = (name: string, digits: number): SimpleColumn<ExperimentRun> => ({
    key: name,
    title: t(`runs.columns.${name}.title`),
    definition: t(`runs.columns.${name}.definition`),
    align: 'end',
    cell: ({ metrics }) => {
      const value = metrics[name] ?? null;
      const [low, high] = [metrics[`${name}.low`] ?? null, metrics[`${name}.high`] ?? null];
      if (value === null) return <Missing reason={t('runs.no-metric')} />;
      const text = (one: number) => (name === 'accuracy' ? format.percent(one) : format.number(one, digits));
      return (
        <>
          {text(value)}
          {low !== null && high !== null && (
            <>
              <br />
              <span className={classes.small}>{format.range(low, high, text)}</span>
            </>
          )}
        </>
      );
    },
  });
  return (
    <Section title={t('runs.title')} info={t('runs.info')} note={t('runs.note')} flush>
      <SimpleTable
        caption={t('runs.title')}
        isDense
        rows={runs}
        rowKey={({ id }) => id}
        isMarked={({ id }) => id === search.run}
        columns={[
          {
            key: 'eye',
            title: t('runs.columns.eye'),
            cell: ({ id, name }) => (
              <button
                type="button"
                className={classes.eye}
                aria-pressed={!hidden.includes(id)}
                aria-label={t('runs.toggle', { name: names.run(name) })}
                onClick={() => {
                  change({ hidden: toggled(hidden, id) });
                }}
              >
                <Eye isOpen={!hidden.includes(id)} />
              </button>
            ),
          },
          {
            key: 'compare',
            title: t('runs.columns.compare'),
            cell: ({ id, name }) => (
              <Checkbox
                size="xs"
                aria-label={t('runs.compare', { name: names.run(name) })}
                checked={compared.includes(id)}
                onChange={() => {
                  change({ compared: toggled(compared, id) });
                }}
              />
            ),
          },
          {
            key: 'name',
            title: t('runs.columns.name'),
            isRowHead: true,
            cell: ({ id, name }) => (
              <span className={classes.mark}>
                <span
                  className={classes.swatch}
                  style={{ '--run-colour': runColour(tokens, id) } as CSSProperties}
                  aria-hidden
                />
                <button
                  type="button"
                  className={classes.pick}
                  onClick={() => {
                    change({ run: id });
                  }}
                >
                  <bdi>{names.run(name)}</bdi>
                </button>
              </span>
            ),
          },
          {
            key: 'family',
            title: t('runs.columns.family'),
            cell: ({ family }) =>
              family === null ? '' : t(`engine:evaluation.families.${family}`, { defaultValue: family }),
          },
          { key: 'state', title: t('runs.columns.state'), cell: ({ state }) => <RunState state={state} /> },
          metric('logLoss', 4),
          metric('differenceToPresent', 4),
          metric('accuracy', 3),
          metric('matches', 0),
          {
            key: 'started',
            title: t('runs.columns.started'),
            cell: ({ startedAt }) => format.instant(startedAt),
          },
          {
            key: 'took',
            title: t('runs.columns.took'),
            align: 'end',
            cell: ({ startedAt, finishedAt }) =>
              finishedAt === null ? (
                <Missing reason={t('runs.under-way')} />
              ) : (
                format.duration(finishedAt - startedAt)
              ),
          },
        ]}
      />
    </Section>
  );
}

function Eye({ isOpen }: { readonly isOpen: boolean }) {
  return (
    <svg
      viewBox="0 0 20 20"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      aria-hidden
    >
      <path d="M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5Z" />
      <circle cx="10" cy="10" r="2.5" />
      {!isOpen && <path d="M3 17 17 3" />}
    </svg>
  );
}
