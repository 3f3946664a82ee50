import { readOccasions } from '../../../db/queries/schedule.ts';
import type { ScheduleTask } from '../../contract/schedule.ts';
import { timetable } from '../../runtime/schedule/cron.ts';
import { planSchedule } from '../../runtime/schedule/planner.ts';
import { readTasks, taskEditor } from '../../runtime/schedule/task-book.ts';
import type { EngineContext } from '../engine-host.ts';
import { engine } from './engine.ts';

const procedures = engine.schedule;

/** How many of the next instants an expression is shown with. */
const shownTimes = 5;

export const schedule = {
  list: procedures.list.handler(({ context }) => {
    const kept = context.keptSchedule();
    const zone = zoneOf(context);
    const now = context.clock.now();
    const tasks = readTasks(context.reader());
    // A process that does not keep the schedule can still say what is owed.
    const { due, hold, holdUntil } =
      kept?.plan() ??
      planSchedule(tasks, {
        now,
        zone,
        quietHours: context.settings().get('schedule.quietHours'),
        pausedByBattery: false,
      });
    const dueNames = new Set(due.map(({ name }) => name));
    return {
      isKept: kept !== undefined,
      hold: hold ?? null,
      holdUntil: holdUntil ?? null,
      zone,
      tasks: tasks.map(({ settledUntil: _, last, ...task }) => ({
        ...task,
        nextAt: (task.enabled ? timetable(task.cron, zone).next(now) : undefined) ?? null,
        isDue: dueNames.has(task.name),
        last: last ?? null,
      })),
    };
  }),
  set: procedures.set.handler(({ input, context }) => changed(context, editorOf(context).set(input))),
  enable: procedures.enable.handler(({ input, context }) =>
    changed(context, editorOf(context).enable(input.name, input.enabled)),
  ),
  remove: procedures.remove.handler(({ input, context }) => {
    const removed = editorOf(context).remove(input.name);
    context.keptSchedule()?.look();
    return { removed };
  }),
  runNow: procedures.runNow.handler(({ input, context }) => context.schedule().runNow(input.name)),
  finished: procedures.finished.handler(({ input, context }) => context.schedule().finished(input.id)),
  cancel: procedures.cancel.handler(({ input, context }) => context.schedule().cancel(input.id)),
  occasions: procedures.occasions.handler(({ input, context }) => [
    ...readOccasions(context.reader(), input),
  ]),
  next: procedures.next.handler(({ input, context }) => upcoming(context, input.limit)),
  check: procedures.check.handler(({ input, context }) => {
    const times = timetable(input.cron, zoneOf(context));
    return { next: instantsOf(times, { after: context.clock.now(), limit: shownTimes }) };
  }),
};

function editorOf(context: EngineContext) {
  return taskEditor(context.writer(), context.clock, () => zoneOf(context));
}

function changed(context: EngineContext, task: ScheduleTask): ScheduleTask {
  context.keptSchedule()?.look();
  return task;
}

function upcoming(context: EngineContext, limit: number) {
  const zone = zoneOf(context);
  const after = context.clock.now();
  return readTasks(context.reader())
    .filter(({ enabled }) => enabled)
    .flatMap(({ name, kind, cron }) =>
      instantsOf(timetable(cron, zone), { after, limit }).map((dueAt) => ({ task: name, kind, dueAt })),
    )
    .sort((a, b) => a.dueAt - b.dueAt)
    .slice(0, limit);
}

function instantsOf(
  times: ReturnType<typeof timetable>,
  { after, limit }: { readonly after: number; readonly limit: number },
): number[] {
  const found: number[] = [];
  for (let at = times.next(after); at !== undefined && found.length < limit; at = times.next(at))
    found.push(at);
  return found;
}

function zoneOf(context: EngineContext): string {
  return context.settings().get('zone');
}
