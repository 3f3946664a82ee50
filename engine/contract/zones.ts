import type { Day, Instant } from './domain.ts';

/**
 * Calendar days, IANA zones and UTC instants. Everything is computed from the runtime's own zone data; results per
 * (zone, day) are kept, because match files ask for the same days again and again.
 */

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** Days since 1970-01-01 of an ISO day; NaN where the text is no day of the calendar. */
export function dayNumber(day: Day): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return NaN;
  const number = Date.parse(`${day}T00:00:00Z`) / dayMs;
  return dayText(number) === day ? number : NaN;
}

/** ISO day of a number of days since 1970-01-01. */
export function dayText(number: number): Day {
  return Number.isFinite(number) ? new Date(number * dayMs).toISOString().slice(0, 10) : '';
}

/** The ISO day `count` days later (earlier when negative). */
export function addDays(day: Day, count: number): Day {
  return dayText(dayNumber(day) + count);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

/** Is this the name of a zone that the runtime knows? */
export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** How far the zone's clock is ahead of UTC at an instant, in milliseconds. */
export function zoneOffset(zone: string, instant: Instant): number {
  const fields: Record<string, number> = {};
  for (const part of formatOf(zone).formatToParts(instant)) fields[part.type] = Number(part.value);
  const local = Date.UTC(
    fields.year!,
    fields.month! - 1,
    fields.day!,
    fields.hour!,
    fields.minute!,
    fields.second!,
  );
  return local - Math.floor(instant / 1000) * 1000;
}

/** Offsets at the first and the last moment around a local day; equal on all but the days on which the clock changes. */
const dayOffsets = new Map<string, Map<number, readonly [number, number]>>();

function offsetsAround(zone: string, day: number): readonly [number, number] {
  let days = dayOffsets.get(zone);
  if (!days) dayOffsets.set(zone, (days = new Map()));
  let offsets = days.get(day);
  if (!offsets) {
    // A zone is at most 14 hours from UTC, so these two instants enclose the local day.
    const before = zoneOffset(zone, (day - 1) * dayMs + 10 * 3_600_000);
    const after = zoneOffset(zone, (day + 1) * dayMs + 14 * 3_600_000);
    offsets = [before, after];
    if (days.size > 20_000) days.clear();
    days.set(day, offsets);
  }
  return offsets;
}

/**
 * The instant at which a zone's clock shows a time of a day. A time that the clock shows twice is the earlier of the
 * two; a time that it skips is the first instant after the gap.
 *
 * @param day days since 1970-01-01
 * @param minutes minutes after midnight on the clock; 1440 is the next day's midnight
 */
export function instantOf(day: number, minutes: number, zone: string): Instant {
  const local = day * dayMs + minutes * minuteMs;
  const [before, after] = offsetsAround(zone, Math.floor(local / dayMs));
  if (before === after) return local - before;
  const early = local - before;
  if (zoneOffset(zone, early) === before) return early;
  const late = local - after;
  if (zoneOffset(zone, late) === after) return late;
  // Skipped: both readings miss. The gap ends where the offset changes, between the two.
  let low = Math.min(early, late);
  let high = Math.max(early, late);
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (middle <= low) break;
    if (zoneOffset(zone, middle) === after) high = middle;
    else low = middle;
  }
  return high;
}

/** The first instant of a day in a zone. */
export function startOfDay(day: Day, zone: string): Instant {
  return instantOf(dayNumber(day), 0, zone);
}

/** The day that a zone's calendar shows at an instant. */
export function dayAt(instant: Instant, zone: string): Day {
  return dayText(Math.floor((instant + zoneOffset(zone, instant)) / dayMs));
}
