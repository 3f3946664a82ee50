import { describe, expect, test } from 'vitest';
import { createFormat } from '../../../../renderer/components/format-values.ts';
import { americanOf, fractionOf } from '../../../../renderer/components/odds-format.ts';

const en = createFormat({ language: 'en', zone: 'Europe/Moscow', oddsFormat: 'decimal' });
const ru = createFormat({ language: 'ru', zone: 'Europe/Moscow', oddsFormat: 'american' });
/** Narrow and no-break spaces look alike and are not what is tested. */
const plain = (text: string) => text.replaceAll(/\s/gu, ' ');

describe('numbers', () => {
  test('follow the chosen language, not that of the machine', () => {
    expect(plain(en.number(1234.5, 1))).toBe('1,234.5');
    expect(plain(ru.number(1234.5, 1))).toBe('1 234,5');
    expect(plain(ru.percent(0.5))).toBe('50,0 %');
  });

  test('that are missing are a dash, never 0', () => {
    for (const missing of [null, undefined, Number.NaN, Infinity]) expect(en.number(missing)).toBe('–');
    expect(en.odds(null)).toBe('–');
    expect(en.day('not a day')).toBe('–');
    expect(en.range(0, null, (value) => en.count(value))).toBe('–');
  });

  test('that round to nothing have no sign', () => {
    expect(en.number(-0.001)).toBe('0.00');
    expect(en.signed(-0.001)).toBe('0.00');
    expect(en.signed(0.5, 1)).toBe('+0.5');
  });

  test('of any size show their first digits, and never nothing but zeros', () => {
    const shown = [0.001, 15.1834, 0.009889, 1e-8, 0, -2.5e-7].map((value) => en.significant(value));
    expect(shown).toEqual(['0.001', '15.18', '0.009889', '1E-8', '0', '-2.5E-7']);
  });

  test('below zero have a minus, and ticks of an axis only the decimals they need', () => {
    expect(ru.signed(-0.5, 1)).toBe('−0,5');
    expect(plain(en.percent(-0.5))).toBe('−50.0%');
    expect([0.9, 1, 1600].map((tick) => plain(ru.tick(tick)))).toEqual(['0,9', '1', '1 600']);
  });
});

describe('probabilities', () => {
  test('are shown as certain or impossible only when they are', () => {
    expect(en.probability(0)).toBe('0.0%');
    expect(en.probability(1)).toBe('100.0%');
    expect(en.probability(0.0001)).toBe('< 0.1%');
    expect(en.probability(0.9999)).toBe('> 99.9%');
    expect(en.probability(0.9994)).toBe('99.9%');
  });
});

describe('prices', () => {
  test.each([
    [1.5, '1/2', -200],
    [2, '1/1', 100],
    [2.5, '3/2', 150],
    [1.909, '10/11', -110],
    [11, '10/1', 1000],
    [1.01, '1/100', -10_000],
  ])('of %d are %s and %d', (decimal, fraction, american) => {
    expect(fractionOf(decimal).join('/')).toBe(fraction);
    expect(americanOf(decimal)).toBe(american);
  });

  test('are written in the format that was chosen', () => {
    expect(en.odds(2.5)).toBe('2.50');
    expect(ru.odds(1.5)).toBe('−200');
    expect(ru.odds(2.5)).toBe('+150');
    expect(createFormat({ ...en.preferences, oddsFormat: 'fractional' }).odds(2.5)).toBe('3/2');
  });
});

describe('days and instants', () => {
  test('days never shift with the zone, instants do and name it', () => {
    const far = createFormat({ language: 'en', zone: 'Pacific/Kiritimati', oddsFormat: 'decimal' });
    expect(plain(far.day('2026-11-21'))).toBe('21 Nov 2026');
    expect(plain(en.instant(Date.UTC(2026, 10, 21, 22)))).toBe('22 Nov 2026, 01:00 GMT+3');
  });

  test('break after a comma alone, and need no word for the year', () => {
    expect(ru.instant(Date.UTC(2026, 10, 21, 22)).split(' ')).toEqual([
      '22\u00a0нояб.\u00a02026,',
      '01:00\u00a0GMT+3',
    ]);
    expect(plain(ru.month('2026-11-21'))).toBe('нояб. 2026');
  });

  test('durations are told in their two largest units', () => {
    expect(en.duration(12)).toBe('12 ms');
    expect(en.duration(3200)).toBe('3.2 secs');
    expect(en.duration(125 * 60_000)).toBe('2 hrs 5 mins');
  });

  test('what is past and what is to come are told apart', () => {
    expect(en.relative(0, 3 * 3_600_000)).toBe('3 hours ago');
    expect(en.relative(5 * 60_000, 0)).toBe('in 5 minutes');
  });
});
