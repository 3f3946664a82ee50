import type { z } from 'zod';
import { lastOccasions, storedTasks, type StoredTask } from '../../../db/queries/schedule.ts';
import { scheduleStorage } from '../../../db/storage/schedule.ts';
import type { Database } from '../../../db/client.ts';
import { AppError } from '../../contract/errors.ts';
import { taskParameters, type ScheduleOccasion, type ScheduleTask } from '../../contract/schedule.ts';
import type { Clock } from '../../ports/index.ts';
import { validate } from '../validate.ts';
import { builtInTasks } from './built-in-tasks.ts';
import { timetable } from './cron.ts';

export interface BookedTask extends StoredTask {
  readonly isBuiltIn: boolean;
  readonly last: ScheduleOccasion | undefined;
}

/** The tasks of one database: those that come with the program, as they were changed, and the analyst's own. */
export function readTasks(database: Database): readonly BookedTask[] {
  const stored = new Map(storedTasks(database).map((task) => [task.name, task]));
  const last = lastOccasions(database);
  const builtIn = builtInTasks.map((task) => stored.get(task.name) ?? { ...task, settledUntil: 0 });
  const names = new Set(builtInTasks.map(({ name }) => name));
  const own = [...stored.values()].filter(({ name }) => !names.has(name));
  return [...builtIn, ...own].map((task) => ({
    ...task,
    isBuiltIn: names.has(task.name),
    last: last.get(task.name),
  }));
}

/** @throws AppError `NOT_FOUND` */
export function findTask(database: Database, name: string): BookedTask {
  const task = readTasks(database).find((one) => one.name === name);
  if (task) return task;
  throw new AppError('NOT_FOUND', `There is no task "${name}" in the schedule.`, { detail: { name } });
}

/** Changes the tasks. What was due before a change is not made up for: only what comes after it counts. */
export function taskEditor(database: Database, clock: Clock, zone: () => string) {
  const storage = scheduleStorage(database);
  const put = (task: ScheduleTask): ScheduleTask => {
    const { name, kind, cron, parameters, enabled } = task;
    storage.putTask({
      ...{ name, kind, cron, enabled },
      parameters: JSON.stringify(parameters),
      settledUntil: clock.now(),
    });
    return { name, kind, cron, parameters, enabled };
  };
  return {
    /** @throws AppError `CONFIGURATION_INVALID`, `USAGE` */
    set(given: Omit<ScheduleTask, 'enabled'>): ScheduleTask {
      timetable(given.cron, zone());
      const schema: z.ZodType = taskParameters[given.kind];
      const parameters = validate(schema, given.parameters, {
        code: 'USAGE',
        subject: `task ${given.name}`,
      });
      const before = readTasks(database).find(({ name }) => name === given.name);
      return put({
        ...given,
        parameters: parameters as ScheduleTask['parameters'],
        enabled: before?.enabled ?? true,
      });
    },
    /** @throws AppError `NOT_FOUND` */
    enable: (name: string, enabled: boolean): ScheduleTask => put({ ...findTask(database, name), enabled }),
    remove: (name: string): boolean => storage.removeTask(name),
  };
}
