import type { Instant } from '../../../../contract/domain.ts';
import { instantOf } from '../../../../contract/zones.ts';
import { parseDay, parseTime } from '../../values.ts';

const zoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/**
 * The instant that a cell means: an ISO instant, a day with a time (`2024-03-01 14:30`) in a zone, or a day alone. A day
 * alone is over before what happened on it counts as known; where `opens` it counts from its beginning.
 *
 * @returns NaN where the cell is no instant
 */
export function parseInstant(cell: string, zone: string, opens = false): Instant {
  const text = cell.trim();
  if (zoned.test(text)) return Date.parse(text);
  const [dayText = '', timeText] = text.split(/[T ]+/, 2);
  const day = parseDay(dayText);
  if (Number.isNaN(day)) return NaN;
  if (timeText !== undefined) {
    const minutes = parseTime(timeText);
    return Number.isNaN(minutes) ? NaN : instantOf(day, minutes, zone);
  }
  return instantOf(opens ? day : day + 1, 0, zone);
}
