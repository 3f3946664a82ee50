import { describe, expect, test } from 'vitest';
import { timetable } from '../../../../engine/runtime/schedule/cron.ts';
import { planSchedule, type PlannedTask } from '../../../../engine/runtime/schedule/planner.ts';
import { quietUntil } from '../../../../engine/runtime/schedule/quiet-hours.ts';

const berlin = 'Europe/Berlin';
const at = (text: string): number => Date.parse(text);
const text = (instant: number | undefined): string | undefined =>
  instant === undefined ? undefined : new Date(instant).toISOString().replace(':00.000Z', 'Z');
const following = (cron: string, from: string, count: number): (string | undefined)[] => {
  const times = timetable(cron, berlin);
  const found: (string | undefined)[] = [];
  for (let instant = at(from); found.length < count;) {
    instant = times.next(instant)!;
    found.push(text(instant));
  }
  return found;
};

describe('the times of a cron expression', () => {
  test('are those of the analyst’s zone, in summer and in winter', () => {
    expect(following('0 8 * * *', '2026-03-27T12:00Z', 3)).toEqual([
      '2026-03-28T07:00Z',
      '2026-03-29T06:00Z',
      '2026-03-30T06:00Z',
    ]);
  });

  test('a time that does not exist when clocks go forward is due once, right after the gap', () => {
    expect(following('30 2 * * *', '2026-03-28T12:00Z', 2)).toEqual([
      '2026-03-29T01:00Z',
      '2026-03-30T00:30Z',
    ]);
    expect(following('15,45 2 * * *', '2026-03-28T12:00Z', 2)).toEqual([
      '2026-03-29T01:00Z',
      '2026-03-30T00:15Z',
    ]);
  });

  test('a time that exists twice when clocks go back is due at the first of them alone', () => {
    expect(following('30 2 * * *', '2026-10-24T12:00Z', 2)).toEqual([
      '2026-10-25T00:30Z',
      '2026-10-26T01:30Z',
    ]);
    expect(following('0 2,3 * * *', '2026-10-24T12:00Z', 3)).toEqual([
      '2026-10-25T00:00Z',
      '2026-10-25T02:00Z',
      '2026-10-26T01:00Z',
    ]);
  });

  test('every half hour is every half hour, also in the hour that comes twice', () => {
    expect(following('*/30 * * * *', '2026-10-25T00:15Z', 4)).toEqual([
      '2026-10-25T00:30Z',
      '2026-10-25T01:00Z',
      '2026-10-25T01:30Z',
      '2026-10-25T02:00Z',
    ]);
  });

  test('the last one before an instant counts the instant itself, but no repeat of the clock', () => {
    const times = timetable('30 2 * * *', berlin);
    const since = at('2026-10-24T12:00Z');
    expect(text(times.last(at('2026-10-25T00:30Z'), since))).toBe('2026-10-25T00:30Z');
    expect(text(times.last(at('2026-10-25T00:29Z'), since))).toBeUndefined();
    expect(text(times.last(at('2026-10-25T01:30Z'), since))).toBe('2026-10-25T00:30Z');
    expect(times.last(at('2026-10-25T01:30Z'), at('2026-10-25T00:30Z'))).toBeUndefined();
  });

  test.each([
    ['', /five fields/],
    ['0 8 * *', /got 4/],
    ['* * * * * *', /got 6/],
    ['@daily', /five fields/],
    ['60 8 * * *', /minute/],
    ['0 8 30 2 *', /never comes/],
    ['0 eight * * *', /is no time of a schedule/],
  ])('%j is refused with what is wrong with it', (cron, because) => {
    expect(() => timetable(cron, berlin)).toThrow(because);
  });

  test('29 February is a day like any other, if a rare one', () => {
    expect(following('0 8 29 2 *', '2026-01-01T00:00Z', 1)).toEqual(['2028-02-29T07:00Z']);
  });
});

describe('quiet hours', () => {
  test.each([
    ['2026-01-10T21:59Z', undefined],
    ['2026-01-10T22:00Z', '2026-01-11T06:00Z'],
    ['2026-01-11T05:59Z', '2026-01-11T06:00Z'],
    ['2026-01-11T06:00Z', undefined],
  ])('from 23:00 to 07:00 in Berlin: at %s they last until %s', (now, until) => {
    expect(text(quietUntil(at(now), '23:00-07:00', berlin))).toBe(until);
  });

  test('within a day, never, and not at all', () => {
    expect(text(quietUntil(at('2026-01-10T12:30Z'), '13:00-14:00', berlin))).toBe('2026-01-10T13:00Z');
    expect(quietUntil(at('2026-01-10T12:30Z'), '13:00-13:00', berlin)).toBeUndefined();
    expect(quietUntil(at('2026-01-10T12:30Z'), '', berlin)).toBeUndefined();
  });

  test('in the night in which clocks go back they are an hour longer', () => {
    expect(text(quietUntil(at('2026-10-24T21:30Z'), '23:00-07:00', berlin))).toBe('2026-10-25T06:00Z');
  });
});

describe('what the schedule owes', () => {
  const task = (given: Partial<PlannedTask>): PlannedTask => ({
    ...{ name: 'task', kind: 'forecast', cron: '0 8 * * *', enabled: true },
    settledUntil: at('2026-01-10T12:00Z'),
    ...given,
  });
  const planAt = (now: string, tasks: readonly PlannedTask[], given: object = {}) =>
    planSchedule(tasks, { now: at(now), zone: 'UTC', quietHours: '', pausedByBattery: false, ...given });

  test('nothing before its time, and the time at which to look again', () => {
    const { due, wakeAt } = planAt('2026-01-11T07:59Z', [task({})]);
    expect([due, text(wakeAt)]).toEqual([[], '2026-01-11T08:00Z']);
  });

  test('a task once, whatever number of its times went by asleep', () => {
    const { due } = planAt('2026-01-14T09:30Z', [task({})]);
    expect(due).toEqual([{ name: 'task', kind: 'forecast', dueAt: at('2026-01-14T08:00Z'), missed: 3 }]);
  });

  test('a month asleep of a task for each minute is counted up to a hundred, not minute by minute', () => {
    expect(planAt('2026-02-14T09:30Z', [task({ cron: '* * * * *' })]).due).toMatchObject([{ missed: 100 }]);
  });

  test('data before forecasts, forecasts before documents, whatever their times were', () => {
    const tasks = [
      task({ name: 'publish', kind: 'publish', cron: '0 1 * * *' }),
      task({ name: 'forecast', kind: 'forecast', cron: '0 2 * * *' }),
      task({ name: 'late', kind: 'fetch', cron: '0 4 * * *' }),
      task({ name: 'early', kind: 'fetch', cron: '0 3 * * *' }),
    ];
    expect(planAt('2026-01-11T09:00Z', tasks).due.map(({ name }) => name)).toEqual([
      'early',
      'late',
      'forecast',
      'publish',
    ]);
  });

  test('nothing of what is switched off', () => {
    expect(planAt('2026-01-14T09:30Z', [task({ enabled: false })])).toMatchObject({
      due: [],
      wakeAt: undefined,
    });
  });

  test('a hold by quiet hours until they are over, with what was due still owed', () => {
    const { due, hold, holdUntil, wakeAt } = planAt('2026-01-11T08:30Z', [task({})], {
      quietHours: '08:00-09:00',
    });
    expect([due.length, hold, text(holdUntil), text(wakeAt)]).toEqual([
      1,
      'quiet-hours',
      '2026-01-11T09:00Z',
      '2026-01-11T09:00Z',
    ]);
  });

  test('a hold by the battery, whatever the hour', () => {
    expect(planAt('2026-01-11T08:30Z', [task({})], { pausedByBattery: true }).hold).toBe('battery');
  });

  test('the same after a clock that ran ahead was put back', () => {
    const ahead = task({ settledUntil: at('2027-06-01T08:00Z') });
    expect(planAt('2026-01-11T07:00Z', [ahead]).due).toEqual([]);
    expect(text(planAt('2026-01-11T07:00Z', [ahead]).wakeAt)).toBe('2026-01-11T08:00Z');
  });
});
