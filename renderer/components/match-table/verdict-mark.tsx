import { useTranslation } from 'react-i18next';
import type { MatchView } from '../../../engine/contract/match-view.ts';
import { useFormat } from '../format.ts';
import { Missing } from '../missing.tsx';
import classes from './match-table.module.css';

const names = { H: 'home', D: 'draw', A: 'away' } as const;

/** What was forecast as likeliest, and whether it came; a sign and a word, never colour alone. */
export function VerdictMark({ match }: { readonly match: MatchView }) {
  const { t } = useTranslation(['match-table', 'engine']);
  const format = useFormat();
  const { forecast, verdict } = match;
  if (!forecast) return <Missing reason={t('no-forecast')} />;
  if (!verdict) return <span className={classes.pending}>{t('pending')}</span>;
  const { isHit, held80 } = verdict;
  const words = t(isHit ? 'hit-words' : 'miss-words', {
    label: t(`engine:labels.words.${names[forecast.label]}`),
    probability: format.probability(forecast.probability),
  });
  const set = held80 === null ? '' : ` ${t(held80 ? 'set-held' : 'set-missed')}`;
  return (
    <span className={isHit ? classes.hit : classes.miss} title={`${words}${set}`}>
      <span aria-hidden>{isHit ? '✓' : '✗'}</span>
      {` ${t(`engine:labels.sign.${names[forecast.label]}`)} ${format.percent(forecast.probability, 0)}`}
      <span className={classes.hidden}>{`${words}${set}`}</span>
    </span>
  );
}
