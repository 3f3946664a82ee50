import { describe, expect, test } from 'vitest';
import { dayAt, dayNumber, dayText, instantOf, startOfDay } from '../../../engine/contract/zones.ts';

const utc = (text: string) => Date.parse(`${text}Z`);

describe('days, clocks and zones', () => {
  test('a time on the UK clock is an hour earlier in UTC from the last Sunday of March to that of October', () => {
    const at = (day: string) => instantOf(dayNumber(day), 15 * 60, 'Europe/London');
    expect(at('2024-03-30')).toBe(utc('2024-03-30T15:00'));
    expect(at('2024-03-31')).toBe(utc('2024-03-31T14:00'));
    expect(at('2024-10-26')).toBe(utc('2024-10-26T14:00'));
    expect(at('2024-10-27')).toBe(utc('2024-10-27T15:00'));
  });

  test('a time that the clock skips is the first instant after the gap', () => {
    expect(instantOf(dayNumber('2024-03-31'), 90, 'Europe/London')).toBe(utc('2024-03-31T01:00'));
  });

  test('a time that the clock shows twice is the earlier one', () => {
    expect(instantOf(dayNumber('2024-10-27'), 90, 'Europe/London')).toBe(utc('2024-10-27T00:30'));
  });

  test('a day begins when its midnight does, also where the clock skips midnight', () => {
    expect(startOfDay('2024-05-22', 'Asia/Tokyo')).toBe(utc('2024-05-21T15:00'));
    expect(startOfDay('2018-11-04', 'America/Sao_Paulo')).toBe(utc('2018-11-04T03:00'));
    expect(startOfDay('2024-04-26', 'Africa/Cairo')).toBe(utc('2024-04-25T22:00'));
  });

  test.each(['Europe/London', 'America/New_York', 'Asia/Tokyo', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'])(
    'in %s every day of three years begins on itself and not a millisecond earlier',
    (zone) => {
      for (let day = dayNumber('2022-01-01'); day < dayNumber('2025-01-01'); day++) {
        const start = instantOf(day, 0, zone);
        expect(dayAt(start, zone)).toBe(dayText(day));
        expect(dayAt(start - 1, zone)).toBe(dayText(day - 1));
      }
    },
  );

  test('what is no day of the calendar has no number', () => {
    expect(dayNumber('2023-02-29')).toBeNaN();
    expect(dayNumber('2023-2-1')).toBeNaN();
    expect(dayText(NaN)).toBe('');
  });
});
