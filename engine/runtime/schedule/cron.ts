import { Cron } from 'croner';
import type { Instant } from '../../contract/domain.ts';
import { AppError } from '../../contract/errors.ts';

/** When a task is due, in the analyst's own zone. */
export interface Timetable {
  /** The first occasion after an instant; undefined if there is none any more. */
  next(after: Instant): Instant | undefined;
  /** The last occasion at or before an instant, if it is after `since`. */
  last(until: Instant, since: Instant): Instant | undefined;
}

/** Clocks are changed by an hour at most places, by more at none. */
const longestRepeatMs = 3 * 3_600_000;
/** A pattern whose next occasion is further away than this has none. */
const horizonYears = 5;

/**
 * Reads a cron expression of five fields. A wall-clock time that does not exist when clocks go forward is due once, at the
 * first instant after the gap; one that exists twice when they go back is due at its first instant alone, unless the
 * hours are a wildcard, which means every hour there is.
 *
 * @throws AppError `CONFIGURATION_INVALID` saying what is wrong with the expression
 */
export function timetable(expression: string, zone: string): Timetable {
  const cron = parse(expression, zone);
  const everyHour = expression.trim().split(/\s+/)[1]?.startsWith('*') === true;
  const wall = new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  /** The same time on the clock was shown before, within the last hours. */
  const isRepeat = (instant: Instant): boolean => {
    if (everyHour) return false;
    const text = wall.format(instant);
    const before = cron.previousRuns(4, new Date(instant));
    return before.some(
      (one) =>
        one.getTime() < instant && instant - one.getTime() <= longestRepeatMs && wall.format(one) === text,
    );
  };
  return {
    next(after) {
      for (let at = after; ;) {
        const found = cron.nextRun(new Date(at))?.getTime();
        if (found === undefined || !isRepeat(found)) return found;
        at = found;
      }
    },
    last(until, since) {
      // Looked for from just behind, so that an occasion at this very instant counts.
      for (let at = until + 1; ;) {
        const found = cron.previousRuns(1, new Date(at))[0]?.getTime();
        if (found === undefined || found <= since) return undefined;
        if (found <= until && !isRepeat(found)) return found;
        at = found;
      }
    },
  };
}

function parse(expression: string, zone: string): Cron {
  const refuse = (because: string): AppError =>
    new AppError('CONFIGURATION_INVALID', `"${expression}" is no time of a schedule: ${because}`, {
      detail: { expression },
    });
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== 5) {
    throw refuse(
      `expected five fields (minute, hour, day, month, weekday), got ${fields.filter(Boolean).length}`,
    );
  }
  let cron: Cron;
  try {
    cron = new Cron(expression.trim(), { timezone: zone, paused: true, mode: '5-part' });
  } catch (error) {
    throw refuse((error as Error).message.replace(/^CronPattern: /, ''));
  }
  const start = new Date(Date.UTC(2026, 0, 1));
  const first = cron.nextRun(start);
  if (first === null || first.getUTCFullYear() > start.getUTCFullYear() + horizonYears) {
    throw refuse('it never comes');
  }
  return cron;
}
