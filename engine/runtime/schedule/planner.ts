import type { Instant } from '../../contract/domain.ts';
import { taskKinds, type Hold, type ScheduleTask } from '../../contract/schedule.ts';
import { timetable } from './cron.ts';
import { quietUntil } from './quiet-hours.ts';

/** A task, and up to when its occasions are dealt with. */
export interface PlannedTask extends Pick<ScheduleTask, 'name' | 'kind' | 'cron' | 'enabled'> {
  readonly settledUntil: Instant;
}

export interface PlanConditions {
  readonly now: Instant;
  readonly zone: string;
  /** Such as `23:00-07:00`; empty for none. */
  readonly quietHours: string;
  /** The computer runs on its battery, and the analyst wants nothing to be started then. */
  readonly pausedByBattery: boolean;
}

/** A task that is to be started: once, for its last occasion, whatever number of them has gone by. */
export interface DueTask {
  readonly name: string;
  readonly kind: ScheduleTask['kind'];
  readonly dueAt: Instant;
  /** Earlier occasions that it stands for; counted up to a hundred. */
  readonly missed: number;
}

export interface Plan {
  /** In the order in which they go: data before forecasts, forecasts before documents. */
  readonly due: readonly DueTask[];
  /** Why none of them may be started now. */
  readonly hold: Hold | undefined;
  /** When quiet hours are over. */
  readonly holdUntil: Instant | undefined;
  /** When there is something to be looked at again, if nothing changes before. */
  readonly wakeAt: Instant | undefined;
}

const mostCounted = 100;

/**
 * What the schedule owes at an instant. A pure function of the tasks, of what has been dealt with, and of the clock: it
 * may be asked at any time, after any sleep, by any number of processes, and answers the same.
 */
export function planSchedule(tasks: readonly PlannedTask[], conditions: PlanConditions): Plan {
  const { now, zone, quietHours, pausedByBattery } = conditions;
  const due: DueTask[] = [];
  let next: Instant | undefined;
  for (const task of tasks) {
    if (!task.enabled) continue;
    const times = timetable(task.cron, zone);
    // A clock that was put back must not wait for the hour in which it was wrong.
    const since = Math.min(task.settledUntil, now);
    const dueAt = times.last(now, since);
    if (dueAt !== undefined) {
      due.push({ name: task.name, kind: task.kind, dueAt, missed: countBetween(times, since, dueAt) });
    }
    const following = times.next(now);
    if (following !== undefined) next = Math.min(next ?? following, following);
  }
  due.sort((a, b) => taskKinds.indexOf(a.kind) - taskKinds.indexOf(b.kind) || a.dueAt - b.dueAt);
  const holdUntil = quietUntil(now, quietHours, zone);
  const hold = pausedByBattery ? 'battery' : holdUntil === undefined ? undefined : 'quiet-hours';
  const wakeAt = due.length > 0 && hold === 'quiet-hours' ? Math.min(next ?? holdUntil!, holdUntil!) : next;
  return { due, hold, holdUntil, wakeAt };
}

function countBetween(times: ReturnType<typeof timetable>, since: Instant, until: Instant): number {
  let count = 0;
  for (let at = times.next(since); at !== undefined && at < until; at = times.next(at)) {
    if (++count === mostCounted) break;
  }
  return count;
}
