import { Button, Progress } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format.ts';
import type { Work } from './use-work.ts';
import classes from './work.module.css';

/** How far a run is, and a way to stop it. Nothing while none is under way. */
export function WorkProgress({ work, name }: { readonly work: Work; readonly name: string }) {
  const { t } = useTranslation(['work', 'engine']);
  const format = useFormat();
  const { run } = work;
  if (!run) return null;
  const isKnown = run.itemsTotal > 0;
  const phase =
    run.phase === null ? t('waiting') : t(`engine:cli.phases.${run.phase}`, { defaultValue: run.phase });
  const words = isKnown
    ? t('counted', { phase, done: format.count(run.itemsDone), total: format.count(run.itemsTotal) })
    : phase;
  return (
    <div className={classes.progress} role="group" aria-label={name}>
      <div className={classes.words}>
        <Link to="/runs/$runId" params={{ runId: String(run.id) }} className={classes.name}>
          {t('run', { name, id: run.id })}
        </Link>
        <span role="status">{words}</span>
      </div>
      <Progress
        value={isKnown ? (100 * run.itemsDone) / run.itemsTotal : 100}
        animated={!isKnown}
        aria-label={words}
        className={classes.bar}
      />
      <Button variant="default" onClick={work.stop} loading={work.isStopping}>
        {t('stop')}
      </Button>
    </div>
  );
}
