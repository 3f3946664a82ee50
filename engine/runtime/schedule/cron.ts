import { Cron } from 'croner';
import type { Instant } from '../../contract/domain.ts';
import { AppError } from '../../contract/errors.ts';
import { instantOf, zoneOffset } from '../../contract/zones.ts';

/** When a task is due, in the analyst's own zone. */
export interface Timetable {
  /** The first occasion after an instant; undefined if there is none any more. */
  next(after: Instant): Instant | undefined;
  /** The last occasion at or before an instant, if it is after `since`. */
  last(until: Instant, since: Instant): Instant | undefined;
}

/** A pattern whose next occasion is further away than this has none. */
const horizonYears = 5;
const dayMs = 86_400_000;

/** No clock is changed by more. */
const longestChangeMs = 3 * 3_600_000;

/**
 * Reads a cron expression of five fields. A wall-clock time that does not exist when clocks go forward is due once, at the
 * first instant after the gap; one that exists twice when they go back is due at its first instant alone. Where the hours
 * are a wildcard every hour there is counts, also the one that comes twice.
 *
 * @throws AppError `CONFIGURATION_INVALID` saying what is wrong with the expression
 */
export function timetable(expression: string, zone: string): Timetable {
  const everyHour = expression.trim().split(/\s+/)[1]?.startsWith('*') === true;
  return everyHour
    ? timetableOf(parse(expression, zone), { toClock: (instant) => instant, toInstant: (clock) => clock })
    : timetableOf(parse(expression, 'UTC'), {
        toClock: (instant) => instant + zoneOffset(zone, instant),
        toInstant: (clock) => instantOf(Math.floor(clock / dayMs), (clock % dayMs) / 60_000, zone),
      });
}

/** The pattern is matched against the clock on the wall; what the wall shows is brought to instants and back. */
function timetableOf(
  cron: Cron,
  wall: { toClock(instant: Instant): number; toInstant(clock: number): Instant },
): Timetable {
  return {
    next(after) {
      for (let clock = wall.toClock(after); ;) {
        const found = cron.nextRun(new Date(clock))?.getTime();
        if (found === undefined) return undefined;
        const instant = wall.toInstant(found);
        if (instant > after) return instant;
        clock = found;
      }
    },
    last(until, since) {
      // Where clocks have just gone back, the wall has shown later times already. Just behind, so that this instant counts.
      const earlier = wall.toClock(until - longestChangeMs) + longestChangeMs;
      for (let clock = Math.max(wall.toClock(until), earlier) + 1; ;) {
        const found = cron.previousRuns(1, new Date(clock))[0]?.getTime();
        if (found === undefined) return undefined;
        const instant = wall.toInstant(found);
        if (instant <= since) return undefined;
        if (instant <= until) return instant;
        clock = found;
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
