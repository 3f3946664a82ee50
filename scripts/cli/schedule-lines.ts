import type { ScheduleOccasion } from '../../engine/contract/schedule.ts';
import type { Session } from './session.ts';

/** One line about an occasion. */
export function sentence(
  occasion: ScheduleOccasion,
  { console, zone }: Pick<Session, 'console' | 'zone'>,
): string {
  const { t } = console.locale;
  const missed = occasion.missed > 0 ? `, ${t('cli.schedule.missed', { n: occasion.missed })}` : '';
  const because = occasion.errorMessage === null ? '' : `: ${occasion.errorCode}: ${occasion.errorMessage}`;
  return `${at(occasion.startedAt, zone)}  ${occasion.task}  ${t(`cli.states.${occasion.state}`)}${missed}${because}`;
}

/** An instant on the analyst's clock: `2026-11-21 07:45`. */
export function at(instant: number, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(
    instant,
  );
}
