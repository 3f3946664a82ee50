import { and, desc, eq, sql } from 'drizzle-orm';
import { taskKinds } from '../../engine/contract/schedule.ts';
import type { ScheduleOccasion, ScheduleTask } from '../../engine/contract/schedule.ts';
import type { Database } from '../client.ts';
import { scheduleOccasion, scheduleTask } from '../schema/index.ts';

export interface StoredTask extends ScheduleTask {
  readonly settledUntil: number;
}

/** The tasks that were changed or switched on; those that come with the program have no row until then. */
export function storedTasks({ orm }: Database): readonly StoredTask[] {
  return orm
    .select()
    .from(scheduleTask)
    .orderBy(scheduleTask.name)
    .all()
    .filter(({ kind }) => (taskKinds as readonly string[]).includes(kind))
    .map(({ kind, parameters, ...row }) => ({
      ...row,
      kind: kind as ScheduleTask['kind'],
      parameters: JSON.parse(parameters) as ScheduleTask['parameters'],
    }));
}

/** Occasions, the last started first. */
export function readOccasions(
  { orm }: Database,
  options: { readonly limit: number; readonly name?: string | undefined },
): readonly ScheduleOccasion[] {
  return orm
    .select()
    .from(scheduleOccasion)
    .where(options.name === undefined ? undefined : eq(scheduleOccasion.task, options.name))
    .orderBy(desc(scheduleOccasion.startedAt), desc(scheduleOccasion.id))
    .limit(options.limit)
    .all()
    .map(toOccasion);
}

export function findOccasion({ orm }: Database, id: number): ScheduleOccasion | undefined {
  const row = orm.select().from(scheduleOccasion).where(eq(scheduleOccasion.id, id)).get();
  return row && toOccasion(row);
}

/** The last occasion of every task. */
export function lastOccasions({ orm }: Database): ReadonlyMap<string, ScheduleOccasion> {
  const rows = orm
    .select()
    .from(scheduleOccasion)
    .where(sql`${scheduleOccasion.id} IN (SELECT max(id) FROM schedule_occasion GROUP BY task)`)
    .all();
  return new Map(rows.map((row) => [row.task, toOccasion(row)]));
}

/** The occasion of a task that was due at an instant. */
export function occasionAt(
  { orm }: Database,
  { task, dueAt }: { readonly task: string; readonly dueAt: number },
): ScheduleOccasion | undefined {
  const row = orm
    .select()
    .from(scheduleOccasion)
    .where(and(eq(scheduleOccasion.task, task), eq(scheduleOccasion.dueAt, dueAt)))
    .get();
  return row && toOccasion(row);
}

function toOccasion(row: typeof scheduleOccasion.$inferSelect): ScheduleOccasion {
  return {
    ...row,
    kind: row.kind as ScheduleOccasion['kind'],
    steps: JSON.parse(row.steps) as ScheduleOccasion['steps'],
  };
}
