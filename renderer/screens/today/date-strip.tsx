import { ActionIcon, Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DayView } from '../../../engine/contract/today.ts';
import { addDays } from '../../../engine/contract/zones.ts';
import { useFormat } from '../../components/format.ts';
import { api } from '../../connection/client.ts';
import classes from './today.module.css';

const daysAround = 7;

export interface DateStripProps extends Pick<DayView, 'day' | 'today' | 'nearest'> {
  readonly onPick: (day: string | undefined) => void;
}

/** Two weeks around the day that is shown, each with how many matches it has; the arrows skip days without any. */
export function DateStrip({ day, today, nearest, onPick }: DateStripProps) {
  const { t } = useTranslation('today');
  const format = useFormat();
  const span = { from: addDays(day, -daysAround), until: addDays(day, daysAround) };
  const counts = useQuery(
    api.today.calendar.queryOptions({ input: span, placeholderData: keepPreviousData }),
  ).data;
  const byDay = new Map(counts?.map((count) => [count.day, count]));
  const days = Array.from({ length: 2 * daysAround + 1 }, (_, at) => addDays(span.from, at));
  const { language } = format.preferences;
  const weekdays = new Intl.DateTimeFormat(language, { timeZone: 'UTC', weekday: 'short' });
  const numbers = new Intl.DateTimeFormat(language, { timeZone: 'UTC', day: 'numeric' });
  const months = new Intl.DateTimeFormat(language, { timeZone: 'UTC', month: 'short' });
  const largest = Math.max(1, ...(counts ?? []).map(({ matches }) => matches));
  const arrow = (side: 'before' | 'after') => {
    const target = nearest[side];
    const label = target
      ? t(`strip.${side}`, { day: format.day(target.day), count: target.matches })
      : t(side === 'before' ? 'no-earlier' : 'no-later');
    return (
      <ActionIcon
        variant="default"
        disabled={!target}
        aria-label={label}
        title={label}
        onClick={() => {
          if (target) onPick(target.day);
        }}
      >
        <span aria-hidden>{side === 'before' ? '‹' : '›'}</span>
      </ActionIcon>
    );
  };
  return (
    <nav className={classes.strip} aria-label={t('strip.label')}>
      {arrow('before')}
      <ol className={classes.days}>
        {days.map((one) => {
          const count = byDay.get(one)?.matches ?? 0;
          return (
            <li
              key={one}
              className={Math.abs(days.indexOf(one) - daysAround) > 4 ? classes.farDay : undefined}
            >
              <button
                type="button"
                className={classes.day}
                data-shown={one === day}
                data-today={one === today}
                data-empty={count === 0}
                aria-current={one === day ? 'date' : undefined}
                title={format.day(one, 'long')}
                onClick={() => {
                  onPick(one);
                }}
              >
                <span className={classes.weekday}>{weekdays.format(Date.parse(`${one}T00:00:00Z`))}</span>{' '}
                <span className={classes.dayName}>
                  {numbers.format(Date.parse(`${one}T00:00:00Z`))}{' '}
                  <small>{months.format(Date.parse(`${one}T00:00:00Z`)).replace('.', '')}</small>
                </span>
                <span className={classes.load} aria-hidden>
                  <span style={{ width: `${(count / largest) * 100}%` }} />
                </span>
                <span className={classes.dayCount} aria-hidden>
                  {count === 0 ? '·' : format.count(count)}
                </span>
                <span className={classes.hidden}>{t('counts.matches', { count })}</span>
              </button>
            </li>
          );
        })}
      </ol>
      {arrow('after')}
      <Button
        variant="default"
        disabled={day === today}
        onClick={() => {
          onPick(undefined);
        }}
      >
        {t('title')}
      </Button>
    </nav>
  );
}
