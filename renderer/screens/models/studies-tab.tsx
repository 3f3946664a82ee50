import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/format.ts';
import { Missing } from '../../components/missing.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { Section } from '../../components/screen.tsx';
import { SimpleTable } from '../../components/simple-table.tsx';
import { api } from '../../connection/client.ts';
import { useEngine } from '../../frame/engine-state.ts';
import { RunState } from '../../components/models/run-state.tsx';
import classes from '../../components/models/models.module.css';

const pollMs = 1000;

/** Every search for parameters, and which of them is put to use. */
export function StudiesTab({ onBegin }: { readonly onBegin: () => void }) {
  const { t } = useTranslation(['models', 'engine']);
  const format = useFormat();
  // A study that has just begun is in no list yet, but its run is known.
  const isTuning = useEngine(({ runs }) => runs.some(({ stage }) => stage === 'tune'));
  const studies = useQuery(
    api.studies.list.queryOptions({
      refetchInterval: ({ state }) =>
        isTuning || state.data?.some((study) => study.state === 'running') === true ? pollMs : false,
    }),
  );
  return (
    <QueryState
      query={studies}
      height={320}
      empty={{
        when: (list) => list.length === 0,
        title: t('studies.empty'),
        text: t('studies.empty-text'),
        action: <Button onClick={onBegin}>{t('studies.begin')}</Button>,
      }}
    >
      {(list) => (
        <Section title={t('studies.title')} info={t('studies.info')} flush>
          <SimpleTable
            caption={t('studies.title')}
            rows={list}
            rowKey={({ id }) => id}
            isMarked={({ inUse }) => inUse}
            columns={[
              {
                key: 'name',
                title: t('studies.study'),
                isRowHead: true,
                cell: (study) => (
                  <span className={classes.mark}>
                    <Link to="/studies/$studyId" params={{ studyId: String(study.id) }}>
                      {t('studies.name', {
                        id: study.id,
                        family: t(`engine:evaluation.families.${study.family}`),
                      })}
                    </Link>
                    {study.inUse && <span className={classes.badge}>{t('studies.in-use')}</span>}
                  </span>
                ),
              },
              {
                key: 'place',
                title: t('places.place'),
                cell: ({ championship }) => championship ?? t('places.everywhere'),
              },
              {
                key: 'state',
                title: t('runs.columns.state'),
                cell: ({ state }) => <RunState state={state} />,
              },
              {
                key: 'trials',
                title: t('studies.trials'),
                definition: t('studies.trials-definition'),
                align: 'end',
                cell: ({ trials, maximumTrials }) =>
                  t('studies.counts', {
                    complete: format.count(trials.complete),
                    pruned: format.count(trials.pruned),
                    all: format.count(maximumTrials),
                  }),
              },
              {
                key: 'best',
                title: t('studies.best'),
                definition: t('studies.best-definition'),
                align: 'end',
                cell: ({ best }) =>
                  best === null ? (
                    <Missing reason={t('studies.none-complete')} />
                  ) : (
                    format.number(best.value, 4)
                  ),
              },
              {
                key: 'how',
                title: t('studies.how'),
                cell: ({ sampler, pruner, preset }) =>
                  [
                    t(`train.spaces.${preset}`, { defaultValue: preset }),
                    t(`train.samplers.${sampler}`, { defaultValue: sampler }),
                    t(`train.pruners.${pruner}`, { defaultValue: pruner }),
                  ].join(' · '),
              },
              { key: 'made', title: t('versions.made'), cell: ({ createdAt }) => format.instant(createdAt) },
            ]}
          />
        </Section>
      )}
    </QueryState>
  );
}
