import { useTranslation } from 'react-i18next';
import type { MatchView } from '../../../engine/contract/match-view.ts';
import { useFormat } from '../format.ts';
import { useNow } from '../../frame/use-now.ts';
import classes from './match-table.module.css';

/** A countdown is worth showing this long before. */
const countdownMs = 48 * 3_600_000;

/** When a match begins, in the analyst's zone, and how long that is from now. */
export function KickOff({ match, hasDay }: { readonly match: MatchView; readonly hasDay: boolean }) {
  const { t } = useTranslation('match-table');
  const format = useFormat();
  const { kickOff, kickOffPrecision, day, status } = match;
  const isTimed = kickOffPrecision === 'minute';
  const time = isTimed ? format.time(kickOff) : t('day-only');
  const isOpen = isTimed && status === 'scheduled';
  return (
    <span className={classes.kickOff} title={isTimed ? format.instant(kickOff) : format.day(day, 'long')}>
      <span>{hasDay ? format.day(day, 'weekday') : time}</span>
      {hasDay && <span className={classes.countdown}>{isOpen ? time : day.slice(0, 4)}</span>}
      {!hasDay && isOpen && <Countdown kickOff={kickOff} />}
    </span>
  );
}

function Countdown({ kickOff }: { readonly kickOff: number }) {
  const format = useFormat();
  const now = useNow(30_000);
  if (kickOff <= now || kickOff - now > countdownMs) return null;
  return <span className={classes.countdown}>{format.relative(kickOff, now)}</span>;
}
