import { describe, expect, test } from 'vitest';
import { dayNumber } from '../../../engine/contract/zones.ts';
import {
  absurdity,
  collectionInstant,
  kickOffOf,
  resultKnownAt,
} from '../../../engine/football/getting/rules.ts';

const utc = (text: string) => Date.parse(`${text}Z`);
const london = { clock: 'Europe/London', day: 'Europe/London' };
const istanbul = { clock: 'Europe/London', day: 'Europe/Istanbul' };
const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

describe('kick-off and result', () => {
  test('a time is on the UK clock, whatever the championship', () => {
    const kickOff = kickOffOf(dayNumber('2022-08-05'), minutes('19:00'), istanbul);
    expect(kickOff).toEqual({ instant: utc('2022-08-05T18:00'), isKnown: true });
  });

  test('without a time the kick-off is noon of the day where the championship is at home', () => {
    const kickOff = kickOffOf(dayNumber('2010-08-14'), NaN, { clock: 'Europe/London', day: 'Europe/Berlin' });
    expect(kickOff).toEqual({ instant: utc('2010-08-14T10:00'), isKnown: false });
  });

  test('a result is known three hours after a known kick-off, else when the day is over', () => {
    const day = dayNumber('2024-05-19');
    expect(resultKnownAt(day, kickOffOf(day, minutes('16:00'), london), london.day)).toBe(
      utc('2024-05-19T18:00'),
    );
    expect(resultKnownAt(day, kickOffOf(day, NaN, london), london.day)).toBe(utc('2024-05-19T23:00'));
  });

  test('a late evening in Los Angeles belongs to the next UK day and is known on it', () => {
    const day = dayNumber('2023-06-11');
    const kickOff = kickOffOf(day, minutes('03:30'), london);
    expect(kickOff.instant).toBe(utc('2023-06-11T02:30'));
    expect(resultKnownAt(day, kickOff, london.day)).toBe(utc('2023-06-11T05:30'));
  });
});

describe('the instant of pre-match odds', () => {
  const collected = (day: string, time?: string, zones = london) =>
    collectionInstant(
      dayNumber(day),
      kickOffOf(dayNumber(day), time ? minutes(time) : NaN, zones),
      zones.day,
    );

  test.each([
    ['Saturday', '2024-02-03', '15:00', '2024-02-02T15:00'],
    ['Monday', '2024-02-05', '20:00', '2024-02-02T15:00'],
    ['Wednesday', '2024-02-07', '19:45', '2024-02-06T15:00'],
    ['Thursday', '2024-02-08', '20:00', '2024-02-06T15:00'],
    ['Friday evening', '2024-02-02', '20:00', '2024-02-02T15:00'],
    ['Friday noon', '2024-02-02', '12:00', '2024-01-30T15:00'],
    ['Friday at three', '2024-02-02', '15:00', '2024-01-30T15:00'],
    ['Saturday in summer time', '2024-04-06', '15:00', '2024-04-05T14:00'],
    ['Sunday on which the clock changes', '2024-03-31', '16:30', '2024-03-29T15:00'],
  ])('of a match on %s is the last Tuesday or Friday 15:00 in London before it', (_, day, time, expected) => {
    expect(collected(day, time)).toBe(utc(expected));
  });

  test('without a time it lies before the match day begins, so that the day’s forecasts may use it', () => {
    expect(collected('2010-02-05')).toBe(utc('2010-02-02T15:00'));
    expect(collected('2010-02-06')).toBe(utc('2010-02-05T15:00'));
  });

  test('it is always before the kick-off and never more than five days old', () => {
    for (let day = dayNumber('2022-01-01'); day < dayNumber('2024-01-01'); day++) {
      for (const time of [NaN, 0, 12 * 60, 15 * 60, 20 * 60 + 45]) {
        for (const zones of [london, istanbul, { clock: 'Asia/Tokyo', day: 'Asia/Tokyo' }]) {
          const kickOff = kickOffOf(day, time, zones);
          const instant = collectionInstant(day, kickOff, zones.day);
          expect(instant).toBeLessThan(kickOff.instant);
          expect(kickOff.instant - instant).toBeLessThan(5 * 86_400_000);
        }
      }
    }
  });
});

describe('odds that cannot be real', () => {
  test.each([
    [[2.1, 3.4, 3.6], false, undefined],
    [[3.2, 3.4, 3.6], false, 'below 0.97'],
    [[3.2, 3.4, 3.3], true, undefined],
    [[1.5, 2.5, 3.0], false, 'above 1.3'],
    [[1, 11, 26], false, 'not above 1'],
    [[1.01, 26, 1500], false, 'above 1001'],
    [[2.1, NaN, 3.6], false, 'missing'],
  ])('%j (best of many: %s) %s', (prices, isBest, reason) => {
    if (reason === undefined) expect(absurdity(prices, isBest)).toBeUndefined();
    else expect(absurdity(prices, isBest)).toContain(reason);
  });

  test('in double chance two of three selections win', () => {
    expect(absurdity([1.17, 1.24, 2.1], false, 2)).toBeUndefined();
    expect(absurdity([1.17, 1.24, 2.1], false)).toContain('above 1.3');
  });
});
