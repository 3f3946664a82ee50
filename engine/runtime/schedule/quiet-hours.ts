import type { Instant } from '../../contract/domain.ts';
import { timetable } from './cron.ts';

/**
 * When the quiet hours that an instant lies in are over; undefined outside of them. They may pass midnight. Both ends are
 * wall-clock times of the zone, so the night in which clocks change is an hour longer or shorter.
 *
 * @param hours Such as `23:00-07:00`; empty for none.
 */
export function quietUntil(now: Instant, hours: string, zone: string): Instant | undefined {
  const match = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(hours);
  if (!match) return undefined;
  const [fromHour, fromMinute, toHour, toMinute] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
  ];
  if (fromHour === toHour && fromMinute === toMinute) return undefined;
  const begins = timetable(`${fromMinute} ${fromHour} * * *`, zone);
  const ends = timetable(`${toMinute} ${toHour} * * *`, zone);
  const dayAgo = now - 26 * 3_600_000;
  const lastBegin = begins.last(now, dayAgo);
  const lastEnd = ends.last(now, dayAgo);
  if (lastBegin === undefined || (lastEnd !== undefined && lastEnd >= lastBegin)) return undefined;
  return ends.next(now);
}
