import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/format.ts';
import { Metric, MetricRow } from '../../components/metric.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { Screen, Section } from '../../components/screen.tsx';
import { api, client } from '../../connection/client.ts';
import { notify } from '../../frame/notify.ts';
import { useRunNames } from '../../components/models/run-names.ts';
import { RunState } from '../../components/models/run-state.tsx';
import { ImportancesSection } from './importances-section.tsx';
import { ProgressFigure } from './progress-figure.tsx';
import { TrialsSection } from './trials-section.tsx';
import classes from './study.module.css';

const pollMs = 1000;

/** A study: what was tried, what was best so far, and which parameters mattered. */
export function StudyScreen() {
  const { t } = useTranslation(['models', 'engine']);
  const format = useFormat();
  const names = useRunNames();
  const queryClient = useQueryClient();
  const { studyId } = useParams({ from: '/studies/$studyId' });
  const id = Number(studyId);
  const detail = useQuery(
    api.studies.show.queryOptions({
      input: { id },
      refetchInterval: ({ state }) => (state.data?.study.state === 'running' ? pollMs : false),
    }),
  );
  const study = detail.data?.study;
  const refresh = () => queryClient.invalidateQueries({ queryKey: api.studies.key() });
  const use = useMutation({
    mutationFn: (inUse: boolean) => client.studies.use({ id, inUse }),
    onSuccess: async ({ previous }, inUse) => {
      await refresh();
      notify.undo(t(inUse ? 'study.used' : 'study.unused'), async () => {
        await client.settings.set({ key: 'processing.studies', value: previous });
        await refresh();
      });
    },
    onError: notify.failure,
  });
  const stop = useMutation({
    mutationFn: (runId: number) => client.runs.cancel({ runId }),
    onSuccess: refresh,
    onError: notify.failure,
  });
  const family = study && t(`engine:evaluation.families.${study.family}`);
  return (
    <Screen
      title={study ? t('studies.name', { id: study.id, family }) : t('study.title')}
      subtitle={
        study &&
        t('study.subtitle', {
          place: study.championship ?? t('places.everywhere'),
          preset: t(`train.spaces.${study.preset}`, { defaultValue: study.preset }),
          sampler: t(`train.samplers.${study.sampler}`, { defaultValue: study.sampler }),
          pruner: t(`train.pruners.${study.pruner}`, { defaultValue: study.pruner }),
          made: format.instant(study.createdAt),
        })
      }
      actions={
        study && (
          <>
            <RunState state={study.state} />
            {study.state === 'running' && study.runId !== null && (
              <Button
                variant="default"
                loading={stop.isPending}
                onClick={() => {
                  stop.mutate(study.runId!);
                }}
              >
                {t('study.stop')}
              </Button>
            )}
            <Button
              variant="default"
              renderRoot={(root) => <Link to="/models" search={{ tab: 'studies' }} {...root} />}
            >
              {t('card.back')}
            </Button>
            <Button
              variant={study.inUse ? 'default' : 'filled'}
              disabled={!study.inUse && (study.state !== 'done' || study.best === null)}
              loading={use.isPending}
              onClick={() => {
                use.mutate(!study.inUse);
              }}
            >
              {t(study.inUse ? 'study.take-back' : 'study.use')}
            </Button>
          </>
        )
      }
    >
      <QueryState query={detail} height={600}>
        {(known) => {
          const { study: held, present, sealed, folds, trials } = known;
          const complete = held.trials.complete;
          return (
            <div className={classes.content}>
              <Section title={t('study.result')} info={t('study.result-info')}>
                <MetricRow>
                  <Metric
                    label={t('studies.best')}
                    value={held.best === null ? null : format.number(held.best.value, 4)}
                    missing={t('studies.none-complete')}
                    definition={t('studies.best-definition')}
                    n={complete}
                  />
                  <Metric
                    label={t('study.present')}
                    value={present === null ? null : format.number(present, 4)}
                    missing={t('study.present-missing')}
                    definition={t('study.present-definition')}
                  />
                  <Metric
                    label={t('studies.trials')}
                    value={t('study.of', {
                      done: format.count(trials.length - held.trials.running),
                      all: format.count(held.maximumTrials),
                    })}
                    definition={t('studies.trials-definition')}
                    verdict={{
                      tone: 'neutral',
                      text: t('study.counts', {
                        complete: format.count(complete),
                        pruned: format.count(held.trials.pruned),
                        failed: format.count(held.trials.failed),
                      }),
                    }}
                  />
                </MetricRow>
                <p className={classes.note}>
                  {t('study.caution', {
                    trials: format.count(trials.length),
                    folds: format.list(folds.map(names.fold)),
                    sealed: format.list(sealed),
                  })}
                </p>
              </Section>
              <Section title={t('study.progress')} info={t('study.progress-info')}>
                <ProgressFigure detail={known} />
              </Section>
              <ImportancesSection id={id} />
              <TrialsSection detail={known} />
            </div>
          );
        }}
      </QueryState>
    </Screen>
  );
}
