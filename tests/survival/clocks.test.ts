import { expect, test } from 'vitest';
import { openWriter } from '../../db/client.ts';
import { readOccasions } from '../../db/queries/schedule.ts';
import { createRandom } from '../../engine/kernel/math/random.ts';
import { Scheduler } from '../../engine/runtime/schedule/scheduler.ts';
import { taskEditor } from '../../engine/runtime/schedule/task-book.ts';
import { faultCount, tried } from '../fixtures/faults.ts';
import { temporaryFolder } from '../fixtures/temporary.ts';

const random = createRandom(20_261_123);
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Nights in which clocks change, each the noon before. */
const nights: readonly (readonly [zone: string, noon: string])[] = [
  ['Europe/Berlin', '2026-03-28T12:00Z'],
  ['Europe/Berlin', '2026-10-24T12:00Z'],
  ['America/New_York', '2026-03-07T12:00Z'],
  ['America/New_York', '2026-10-31T12:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T12:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T12:00Z'],
  ['Africa/Cairo', '2026-04-23T12:00Z'],
  ['America/Santiago', '2026-09-05T12:00Z'],
];

/**
 * The instants at which a daily time of the wall clock comes first, found by looking at the clock minute by minute: where
 * it is skipped, the first minute after the gap.
 */
function dailyInstants(zone: string, time: string, [from, until]: readonly [number, number]): number[] {
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  const found: number[] = [];
  let done = wall.format(from).slice(0, 10);
  for (let at = from; at <= until; at += minute) {
    const [date = '', clock = ''] = wall.format(at).split(' ');
    if (date <= done || clock < time) continue;
    done = date;
    found.push(at);
  }
  return found;
}

test('whenever clocks change or jump, each daily occasion is kept once: none is lost and none comes twice', async () => {
  for (let index = 0; index < faultCount(3); index++) {
    const [zone, noon] = nights[index % nights.length]!;
    const start = Date.parse(noon);
    // Some of them lie in the hour that is skipped or comes twice.
    const time = `0${random.integer(4)}:${String(random.integer(60)).padStart(2, '0')}`;
    const expected = dailyInstants(zone, time, [start, start + 3 * day]);
    expect(expected.length).toBeGreaterThanOrEqual(2);

    const survived = tried('clock jumps and summer time');
    using folder = temporaryFolder();
    let now = start;
    let performed = 0;
    let ring: (() => void) | undefined;
    const clock = { now: () => now };
    using database = openWriter(folder.join('auspex.sqlite'));
    const editor = taskEditor(database, clock, () => zone);
    const [hours, minutes] = time.split(':').map(Number);
    editor.set({ name: 'daily', kind: 'backup', cron: `${minutes} ${hours} * * *`, parameters: {} });
    editor.enable('daily', true);
    await using scheduler = new Scheduler({
      ...{ database, clock, zone: () => zone, quietHours: () => '', pausedByBattery: () => false },
      perform: () => {
        performed++;
        return Promise.resolve();
      },
      timer: (_, act) => {
        ring = act;
        return () => (ring = undefined);
      },
    });
    scheduler.start();
    await scheduler.idle();
    // Time goes on by up to five hours, and now and then the clock is put back by up to a day.
    for (let furthest = start; furthest < start + 3 * day;) {
      const jump = random.uniform() < 0.25 ? -random.integer(24 * 60) : 1 + random.integer(5 * 60);
      now = Math.min(Math.max(start, now + jump * minute), start + 3 * day);
      furthest = Math.max(furthest, now);
      ring?.();
      await scheduler.idle();
    }
    const kept = readOccasions(database, { limit: 1000 }).map(({ dueAt }) => dueAt);
    expect(kept.sort(), `${zone} ${noon} ${time}`).toEqual(expected);
    expect(performed).toBe(expected.length);
    survived();
  }
});
