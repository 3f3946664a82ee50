import { ActionIcon, Button, Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RunGlance } from '../../../engine/contract/events.ts';
import { useFormat } from '../../components/format.ts';
import { api } from '../../connection/client.ts';
import { remainingMs, useEngine } from '../engine-state.ts';
import { Icon } from '../icons.tsx';
import { changeLayout, useLayout } from '../layout.ts';
import { useNow } from '../use-now.ts';
import { useRunActions } from './run-actions.ts';
import { phaseText, stateSigns } from './run-words.ts';
import classes from './runs-panel.module.css';

const shownEnded = 6;

/** Work under way and just ended, at the bottom of every screen. */
export function RunsPanel() {
  const { t } = useTranslation('frame');
  const isOpen = useLayout((state) => state.isRunsPanelOpen);
  if (!isOpen) return null;
  return (
    <section className={classes.panel} aria-label={t('runs.panel')}>
      <header className={classes.head}>
        <h2>{t('runs.panel')}</h2>
        <Button component={Link} to="/runs" variant="subtle" size="compact-xs">
          {t('runs.all')}
        </Button>
        <ActionIcon
          className={classes.close}
          aria-label={t('runs.close-panel')}
          onClick={() => {
            changeLayout({ isRunsPanelOpen: false });
          }}
        >
          <Icon name="close" />
        </ActionIcon>
      </header>
      <Rows />
    </section>
  );
}

function Rows() {
  const { t } = useTranslation('frame');
  const active = useEngine((state) => state.runs).filter(({ parentId }) => parentId === null);
  const { data } = useQuery(api.runs.list.queryOptions({ input: { limit: 20 } }));
  const ended = (data ?? [])
    .filter((run) => run.finishedAt !== null && active.every(({ runId }) => runId !== run.id))
    .slice(0, shownEnded);
  const actions = useRunActions();
  const format = useFormat();
  if (active.length === 0 && ended.length === 0) return <p className={classes.none}>{t('runs.none')}</p>;
  return (
    <ul className={classes.rows}>
      {active.map((run) => (
        <ActiveRow key={run.runId} run={run} onStop={() => void actions.stop(run.runId)} />
      ))}
      {ended.map((run) => (
        <li key={run.id} className={classes.row} data-state={run.state}>
          <span className={classes.sign} aria-hidden>
            {stateSigns[run.state]}
          </span>
          <Link to="/runs/$runId" params={{ runId: String(run.id) }} className={classes.name}>
            {t('runs.named', { run: t(`stages.${run.stage}`), id: run.id })}
          </Link>
          <span className={classes.detail}>
            {run.errorCode === null
              ? t(`run-states.${run.state}`)
              : t(`engine:errors.${run.errorCode}`, { ns: 'engine' })}
          </span>
          <span className={classes.time}>{format.instant(run.finishedAt ?? run.startedAt)}</span>
          <span className={classes.actions}>
            {run.state !== 'done' && (
              <ActionIcon
                aria-label={t('runs.resume-named', { id: run.id })}
                onClick={() => void actions.resume(run.id)}
              >
                <Icon name="resume" />
              </ActionIcon>
            )}
            <ActionIcon
              aria-label={t('runs.replay-named', { id: run.id })}
              onClick={() => void actions.replay(run)}
            >
              <Icon name="replay" />
            </ActionIcon>
          </span>
        </li>
      ))}
    </ul>
  );
}

function ActiveRow({ run, onStop }: { readonly run: RunGlance; readonly onStop: () => void }) {
  const { t } = useTranslation('frame');
  const parts = useEngine((state) => state.runs).filter(({ parentId }) => parentId === run.runId);
  const beganAt = useEngine((state) => state.beganAt);
  const format = useFormat();
  const part = parts.find(({ state }) => state === 'running');
  const shown = part ?? run;
  const now = useNow(1000);
  const left = remainingMs(shown, beganAt[shown.runId], now);
  return (
    <li className={classes.row} data-state={run.state}>
      <span className={classes.sign} aria-hidden>
        {stateSigns[run.state]}
      </span>
      <Link to="/runs/$runId" params={{ runId: String(run.runId) }} className={classes.name}>
        {t('runs.named', { run: t(`stages.${run.stage}`), id: run.runId })}
      </Link>
      <span className={classes.progress}>
        <Progress
          value={shown.total > 0 ? (100 * shown.done) / shown.total : 100}
          animated={shown.total === 0 && run.state === 'running'}
          aria-label={t('runs.progress-named', { id: run.runId })}
        />
      </span>
      <span className={classes.detail}>
        {run.state === 'queued'
          ? t('run-states.queued')
          : [part ? t(`stages.${part.stage}`) : '', phaseText(shown.phase, t), counted(shown, format.count)]
              .filter((text, at, all) => text !== '' && text !== all[at - 1])
              .join(' · ')}
      </span>
      <span className={classes.time}>
        {left === undefined ? '' : t('runs.left', { time: format.duration(left) })}
      </span>
      <span className={classes.actions}>
        <ActionIcon aria-label={t('runs.stop-named', { id: run.runId })} onClick={onStop}>
          <Icon name="stop" />
        </ActionIcon>
      </span>
    </li>
  );
}

function counted({ done, total }: RunGlance, count: (value: number) => string): string {
  return total > 0 ? `${count(done)} / ${count(total)}` : '';
}
