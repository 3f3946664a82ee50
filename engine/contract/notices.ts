import { z } from 'zod';
import type { Instant } from './domain.ts';
import type { EndedRun } from './run-clock.ts';
import { zoneOffset } from './zones.ts';

/** What the analyst wants to be told by the system while nobody looks at the program. */
export const noticeWishesSchema = z.object({
  longRuns: z.boolean(),
  failedRuns: z.boolean(),
  alerts: z.boolean(),
  /** Such as `23:00-07:00`; empty for none. */
  quietHours: z.string(),
  zone: z.string(),
});
export type NoticeWishes = z.infer<typeof noticeWishesSchema>;

/** A run that took longer is worth a word to somebody who has turned to something else. */
const longRunMs = 30_000;

/** The wishes that the settings hold. */
export function noticeWishesOf(setting: (key: string) => unknown): NoticeWishes {
  const [quietHours, zone] = [setting('notifications.quietHours'), setting('zone')];
  return {
    longRuns: setting('notifications.longRuns') === true,
    failedRuns: setting('notifications.failedRuns') === true,
    alerts: setting('notifications.alerts') === true,
    quietHours: typeof quietHours === 'string' ? quietHours : '',
    zone: typeof zone === 'string' ? zone : 'UTC',
  };
}

/** Whether a run that is over is to be told of. What the analyst stopped is known already. */
export function tellsOfRun({ state, durationMs }: EndedRun, wishes: NoticeWishes): boolean {
  if (state === 'failed') return wishes.failedRuns;
  return state === 'done' && wishes.longRuns && durationMs >= longRunMs;
}

/** Whether an instant lies in the quiet hours, by the wall clock of the zone. They may pass midnight; the end is outside. */
export function isQuiet(now: Instant, { quietHours, zone }: NoticeWishes): boolean {
  const match = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(quietHours);
  if (!match) return false;
  const [fromHour, fromMinute, toHour, toMinute] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const [from, to] = [fromHour * 60 + fromMinute, toHour * 60 + toMinute];
  const minute = Math.floor((now + zoneOffset(zone, now)) / 60_000) % 1440;
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}
