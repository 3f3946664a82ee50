import { Button, CloseButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../connection/connection-state.ts';
import classes from './connection-banner.module.css';
import { desktop } from './desktop.ts';
import { forgetRestart, useEngine } from './engine-state.ts';
import { Icon } from './icons.tsx';
import { useSafeMode } from './use-safe-mode.ts';

/** Loading takes less than this as a rule; a banner that only flashes would frighten. */
const graceMs = 600;

/** Says that the engine is away, and what it goes on with when it is back. */
export function ConnectionBanner() {
  const { t } = useTranslation('frame');
  const phase = useConnection((state) => state.phase);
  const attempts = useConnection((state) => state.attempts);
  const { restarts, takenUp } = useEngine();
  const isSafeMode = useSafeMode();
  const isAway = useIsLongAway(phase !== 'open');
  if (isAway) {
    return (
      <div className={classes.banner} data-kind="away" role="alert">
        <Icon name="warning" />
        <span>{phase === 'lost' ? t('connection.lost') : t('connection.connecting')}</span>
        <span className={classes.note}>{t('connection.attempts', { count: attempts })}</span>
      </div>
    );
  }
  if (isSafeMode) return <SafeModeBanner />;
  if (restarts === 0) return null;
  const [run] = takenUp;
  // An engine that ends again and again does not go on with runs by itself: they may be why.
  const isRepeated = restarts > 1 && run === undefined;
  return (
    <div className={classes.banner} data-kind="back" role="status">
      <Icon name="check" />
      <span>{t(isRepeated ? 'connection.restarted-again' : 'connection.restarted')}</span>
      {run && (
        <Button component={Link} variant="default" size="compact-xs" to={`/runs/${run.runId}`}>
          {t('connection.taken-up', { run: t(`stages.${run.stage}`), id: run.runId })}
        </Button>
      )}
      {isRepeated && (
        <Button component={Link} variant="default" size="compact-xs" to="/runs">
          {t('connection.look-at-runs')}
        </Button>
      )}
      <CloseButton
        size="sm"
        className={classes.close}
        aria-label={t('notices.dismiss')}
        onClick={forgetRestart}
      />
    </div>
  );
}

/** The schedule begins nothing: said for as long as it holds, with the way out. */
function SafeModeBanner() {
  const { t } = useTranslation('frame');
  return (
    <div className={classes.banner} data-kind="away" role="alert">
      <Icon name="warning" />
      <span>{t('connection.safe-mode')}</span>
      <Button component={Link} variant="default" size="compact-xs" to="/runs">
        {t('connection.look-at-runs')}
      </Button>
      <Button
        variant="default"
        size="compact-xs"
        onClick={() => {
          void desktop?.leaveSafeMode({});
        }}
      >
        {t('connection.leave-safe-mode')}
      </Button>
    </div>
  );
}

function useIsLongAway(isAway: boolean): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(
      () => {
        setLong(isAway);
      },
      isAway ? graceMs : 0,
    );
    return () => {
      clearTimeout(timer);
    };
  }, [isAway]);
  return isAway && isLong;
}
