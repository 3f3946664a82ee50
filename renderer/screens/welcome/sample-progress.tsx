import { Button, Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/format.ts';
import { api } from '../../connection/client.ts';
import { useEngine } from '../../frame/engine-state.ts';
import { useRunActions } from '../../frame/runs/run-actions.ts';
import { stateSigns } from '../../frame/runs/run-words.ts';
import { startTour } from '../../frame/tour/tour-state.ts';
import classes from './welcome.module.css';

/** How far the sample is: the five steps that every forecast goes through, as they happen. */
export function SampleProgress({ runId }: { readonly runId: number }) {
  const { t } = useTranslation('welcome');
  const format = useFormat();
  const { data } = useQuery(api.runs.show.queryOptions({ input: { runId } }));
  const glances = useEngine((state) => state.runs);
  const actions = useRunActions();
  if (!data) return null;
  const { run, children } = data;
  const isOver = run.finishedAt !== null;
  return (
    <section className={classes.progress} aria-label={t('progress.title')}>
      <h2>
        {run.state === 'done' ? t('progress.done') : isOver ? t('progress.stopped') : t('progress.title')}
      </h2>
      <ol className={classes.steps}>
        {children.map((part) => {
          const glance = glances.find((one) => one.runId === part.id);
          const state = glance?.state ?? part.state;
          const [done, total] = glance ? [glance.done, glance.total] : [part.itemsDone, part.itemsTotal];
          const share = state === 'done' ? 100 : total > 0 ? (100 * done) / total : 0;
          return (
            <li key={part.id} data-state={state}>
              <span aria-hidden>{stateSigns[state]}</span>
              <span>{t(`frame:stages.${part.stage}`, { ns: 'frame' })}</span>
              <Progress
                value={state === 'running' && total === 0 ? 100 : share}
                animated={state === 'running'}
                aria-label={t('progress.of', { step: t(`frame:stages.${part.stage}`, { ns: 'frame' }) })}
              />
              <span className={classes.count}>
                {total > 0 && state !== 'queued' ? `${format.count(done)} / ${format.count(total)}` : ''}
              </span>
              <span className={classes.means}>{t(`progress.means.${part.stage}`)}</span>
            </li>
          );
        })}
      </ol>
      <div className={classes.actions}>
        {run.state === 'done' ? (
          <>
            <Button component={Link} to="/today">
              {t('sample.open')}
            </Button>
            <Button variant="default" onClick={startTour}>
              {t('tour')}
            </Button>
          </>
        ) : isOver ? (
          <Button onClick={() => void actions.resume(runId)}>{t('progress.resume')}</Button>
        ) : (
          <Button variant="default" onClick={() => void actions.stop(runId)}>
            {t('progress.stop')}
          </Button>
        )}
      </div>
    </section>
  );
}
