import { describe, expect, test } from 'vitest';
import { openWriter, type Database } from '../../../db/client.ts';
import { readOccasions } from '../../../db/queries/schedule.ts';
import { AppError } from '../../../engine/contract/errors.ts';
import type { ScheduleTask } from '../../../engine/contract/schedule.ts';
import {
  Scheduler,
  type SchedulerOptions,
  type TaskContext,
} from '../../../engine/runtime/schedule/scheduler.ts';
import { taskEditor } from '../../../engine/runtime/schedule/task-book.ts';
import { tried } from '../../fixtures/faults.ts';
import { temporaryFolder, type TemporaryFolder } from '../../fixtures/temporary.ts';

const at = (text: string): number => Date.parse(text);

/** A schedule whose clock and timer the test turns, and whose work is what the test says it is. */
function scheduled(folder: TemporaryFolder, start: string, given: Partial<SchedulerOptions> = {}) {
  let now = at(start);
  const clock = { now: () => now };
  const database: Database = openWriter(folder.join('auspex.sqlite'), { now: clock.now });
  const done: string[] = [];
  const changes = { count: 0 };
  const waits: number[] = [];
  let ring: (() => void) | undefined;
  const options: SchedulerOptions = {
    database,
    clock,
    zone: () => 'Europe/Berlin',
    quietHours: () => '',
    pausedByBattery: () => false,
    perform: ({ task }) => {
      done.push(`${task.name} ${new Date(now).toISOString().slice(0, 16)}`);
      return Promise.resolve();
    },
    timer: (waitMs, act) => {
      waits.push(waitMs);
      ring = act;
      return () => (ring = undefined);
    },
    onChange: () => changes.count++,
    ...given,
  };
  const editor = taskEditor(database, clock, options.zone);
  const set = (name: string, kind: ScheduleTask['kind'], cron: string): void => {
    editor.set({ name, kind, cron, parameters: {} });
    editor.enable(name, true);
  };
  let scheduler = new Scheduler(options);
  return {
    ...{ database, done, changes, waits, set, editor, options, clock },
    get scheduler() {
      return scheduler;
    },
    /** The time passes; the timer rings once at its end, as after a sleep. */
    async pass(to: string): Promise<void> {
      now = at(to);
      ring?.();
      await scheduler.idle();
    },
    async start(): Promise<void> {
      scheduler.start();
      await scheduler.idle();
    },
    /** Another process after this one was killed: what it was doing never came to an end. */
    restart(): void {
      scheduler = new Scheduler(options);
    },
    occasions: () =>
      readOccasions(database, { limit: 100 })
        .map(({ task, state, missed, attempts }) => ({ task, state, missed, attempts }))
        .reverse(),
  };
}

describe('a schedule that is kept', () => {
  test('starts each task at its time, in the analyst’s zone, and nothing before', async () => {
    using folder = temporaryFolder();
    const day = scheduled(folder, '2026-01-10T05:00Z');
    day.set('forecast', 'forecast', '15 7 * * *');
    day.set('publish', 'publish', '45 7 * * *');
    await day.start();
    await day.pass('2026-01-10T06:14:59Z');
    expect(day.done).toEqual([]);
    await day.pass('2026-01-10T06:15Z');
    await day.pass('2026-01-10T06:45Z');
    await day.pass('2026-01-10T06:46Z');
    expect(day.done).toEqual(['forecast 2026-01-10T06:15', 'publish 2026-01-10T06:45']);
  });

  test('makes up once for what was missed asleep, in the order of the work', async () => {
    using folder = temporaryFolder();
    const day = scheduled(folder, '2026-01-10T05:00Z');
    day.set('publish', 'publish', '0 6 * * *');
    day.set('fetch', 'fetch', '0 5,17 * * *');
    await day.start();
    await day.pass('2026-01-13T12:00Z');
    expect(day.done).toEqual(['fetch 2026-01-13T12:00', 'publish 2026-01-13T12:00']);
    expect(day.occasions()).toEqual([
      { task: 'fetch', state: 'done', missed: 5, attempts: 1 },
      { task: 'publish', state: 'done', missed: 2, attempts: 1 },
    ]);
  });

  test('looks at the clock at least every half minute, so that no sleep goes unnoticed', async () => {
    using folder = temporaryFolder();
    const day = scheduled(folder, '2026-01-10T05:00Z');
    day.set('forecast', 'forecast', '15 7 * * *');
    await day.start();
    await day.pass('2026-01-10T06:14:50Z');
    expect(day.waits).toEqual([30_000, 10_000]);
  });

  test('never has two tasks under way, nor one twice', async () => {
    using folder = temporaryFolder();
    let open = 0;
    let most = 0;
    const gates: (() => void)[] = [];
    const day = scheduled(folder, '2026-01-10T05:00Z', {
      perform: async () => {
        most = Math.max(most, ++open);
        await new Promise<void>((resolve) => gates.push(resolve));
        open--;
      },
    });
    day.set('one', 'fetch', '0 7 * * *');
    day.set('two', 'forecast', '0 7 * * *');
    await day.start();
    const passed = day.pass('2026-01-10T06:00Z');
    const byHand = day.scheduler.runNow('two');
    expect(day.scheduler.runNow('two').id).toBe(byHand.id);
    for (let released = 0; released < 2;) {
      await new Promise(setImmediate);
      for (const release of gates.splice(0)) {
        release();
        released++;
      }
    }
    await passed;
    expect(most).toBe(1);
    expect(day.occasions().map(({ task, state }) => `${task} ${state}`)).toEqual(['two done', 'one done']);
  });

  test('keeps still in quiet hours and on battery, and makes up afterwards', async () => {
    using folder = temporaryFolder();
    let onBattery = false;
    const day = scheduled(folder, '2026-01-10T05:00Z', {
      quietHours: () => '06:00-09:00',
      pausedByBattery: () => onBattery,
    });
    day.set('forecast', 'forecast', '15 7 * * *');
    await day.start();
    await day.pass('2026-01-10T06:15Z');
    expect([day.done, day.scheduler.plan().hold]).toEqual([[], 'quiet-hours']);
    onBattery = true;
    await day.pass('2026-01-10T08:00Z');
    expect([day.done, day.scheduler.plan().hold]).toEqual([[], 'battery']);
    onBattery = false;
    day.scheduler.look();
    await day.scheduler.idle();
    expect(day.done).toEqual(['forecast 2026-01-10T08:00']);
  });

  test('a task that was just switched on or changed owes nothing of before', async () => {
    using folder = temporaryFolder();
    const day = scheduled(folder, '2026-01-10T05:00Z');
    day.set('forecast', 'forecast', '0 6 * * *');
    day.editor.enable('forecast', false);
    await day.start();
    await day.pass('2026-01-12T12:00Z');
    day.editor.enable('forecast', true);
    await day.pass('2026-01-12T12:01Z');
    expect(day.done).toEqual([]);
  });

  test('goes on after a task that failed, says why, and tells', async () => {
    using folder = temporaryFolder();
    const told: string[] = [];
    const day = scheduled(folder, '2026-01-10T05:00Z', {
      perform: ({ task }) =>
        task.kind === 'fetch'
          ? Promise.reject(new AppError('SOURCE_TIMEOUT', 'no answer'))
          : Promise.resolve(),
      onFailure: ({ task, errorCode }) => told.push(`${task} ${errorCode}`),
    });
    day.set('fetch', 'fetch', '0 7 * * *');
    day.set('forecast', 'forecast', '0 7 * * *');
    await day.start();
    await day.pass('2026-01-10T06:00Z');
    expect(day.occasions().map(({ task, state }) => `${task} ${state}`)).toEqual([
      'fetch failed',
      'forecast done',
    ]);
    expect(readOccasions(day.database, { limit: 1, name: 'fetch' })[0]).toMatchObject({
      errorCode: 'SOURCE_TIMEOUT',
      errorMessage: 'no answer',
    });
    expect(told).toEqual(['fetch SOURCE_TIMEOUT']);
  });
});

describe('a schedule that was cut off', () => {
  const never = new Promise<void>(() => undefined);

  test('does again what was under way, once, and knows what had been done of it', async () => {
    using folder = temporaryFolder();
    const seen: TaskContext['occasion']['steps'][] = [];
    let hangs = true;
    const day = scheduled(folder, '2026-01-10T05:00Z', {
      perform: ({ occasion, note }) => {
        seen.push(occasion.steps);
        note([{ step: 'forecast', runId: 7 }]);
        return hangs ? never : Promise.resolve();
      },
    });
    day.set('forecast', 'forecast', '15 7 * * *');
    day.scheduler.start();
    void day.pass('2026-01-10T06:15Z');
    await new Promise(setImmediate);
    hangs = false;
    day.restart();
    await day.start();
    expect(seen).toEqual([[], [{ step: 'forecast', runId: 7 }]]);
    expect(day.occasions()).toEqual([{ task: 'forecast', state: 'done', missed: 0, attempts: 2 }]);
    await day.pass('2026-01-10T06:30Z');
    expect(seen).toHaveLength(2);
  });

  test('gives a task up that ends the program each time', async () => {
    using folder = temporaryFolder();
    const day = scheduled(folder, '2026-01-10T05:00Z', { perform: () => never });
    day.set('forecast', 'forecast', '15 7 * * *');
    day.scheduler.start();
    void day.pass('2026-01-10T06:15Z');
    for (let crash = 0; crash < 5; crash++) {
      await new Promise(setImmediate);
      day.restart();
      day.scheduler.start();
    }
    expect(day.occasions()).toEqual([{ task: 'forecast', state: 'failed', missed: 0, attempts: 3 }]);
  });

  test('leaves to the next start what it was at when it was told to end', async () => {
    using folder = temporaryFolder();
    const day = scheduled(folder, '2026-01-10T05:00Z', {
      perform: ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        }),
    });
    day.set('forecast', 'forecast', '15 7 * * *');
    day.scheduler.start();
    void day.pass('2026-01-10T06:15Z');
    await new Promise(setImmediate);
    await day.scheduler[Symbol.asyncDispose]();
    expect(day.occasions()).toMatchObject([{ state: 'running' }]);
    day.restart();
    expect(day.scheduler.plan().due).toMatchObject([{ name: 'forecast', dueAt: at('2026-01-10T06:15Z') }]);
  });

  test('an occasion that is stopped by hand stays stopped', async () => {
    using folder = temporaryFolder();
    const day = scheduled(folder, '2026-01-10T05:00Z', {
      perform: ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        }),
    });
    day.set('forecast', 'forecast', '15 7 * * *');
    const { id } = day.scheduler.runNow('forecast');
    await new Promise(setImmediate);
    day.scheduler.cancel(id);
    expect(await day.scheduler.finished(id)).toMatchObject({ state: 'cancelled', byHand: true });
  });
});

describe('clocks that cannot be trusted', () => {
  test('a clock that is put back does not start the same occasion again', async () => {
    using folder = temporaryFolder();
    const day = scheduled(folder, '2026-01-10T05:00Z');
    day.set('forecast', 'forecast', '15 7 * * *');
    await day.start();
    await day.pass('2026-01-10T06:15Z');
    const survived = tried('clock jumps and summer time');
    await day.pass('2026-01-10T05:30Z');
    await day.pass('2026-01-10T06:15Z');
    await day.pass('2026-01-11T06:15Z');
    expect(day.done).toEqual(['forecast 2026-01-10T06:15', 'forecast 2026-01-11T06:15']);
    survived();
  });

  test('in the nights in which clocks change a task runs once', async () => {
    using folder = temporaryFolder();
    const day = scheduled(folder, '2026-03-28T12:00Z');
    day.set('backup', 'backup', '30 2 * * *');
    const survivals = [tried('clock jumps and summer time'), tried('clock jumps and summer time')];
    await day.start();
    for (let hour = at('2026-03-28T12:00Z'); hour <= at('2026-03-29T12:00Z'); hour += 1_800_000) {
      await day.pass(new Date(hour).toISOString());
    }
    expect(day.done).toEqual(['backup 2026-03-29T01:00']);
    await day.pass('2026-10-24T12:00Z');
    day.done.length = 0;
    for (let hour = at('2026-10-24T12:00Z'); hour <= at('2026-10-25T12:00Z'); hour += 1_800_000) {
      await day.pass(new Date(hour).toISOString());
    }
    expect(day.done).toEqual(['backup 2026-10-25T00:30']);
    for (const survived of survivals) survived();
  });
});

test('letters that wait are sent when they are due, also where no task is', async () => {
  using folder = temporaryFolder();
  let dueAt: number | undefined = at('2026-01-10T05:10Z');
  const sent: number[] = [];
  const day = scheduled(folder, '2026-01-10T05:00Z', {
    background: {
      dueAt: () => dueAt,
      perform: () => {
        sent.push(dueAt!);
        dueAt = undefined;
        return Promise.resolve();
      },
    },
  });
  await day.start();
  expect(sent).toEqual([]);
  await day.pass('2026-01-10T05:10Z');
  expect(sent).toEqual([at('2026-01-10T05:10Z')]);
});
