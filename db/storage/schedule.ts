import type { Database } from '../client.ts';

export interface TaskRow {
  readonly name: string;
  readonly kind: string;
  readonly cron: string;
  /** JSON. */
  readonly parameters: string;
  readonly enabled: boolean;
  readonly settledUntil: number;
}

export interface OccasionStart {
  readonly task: string;
  readonly kind: string;
  readonly dueAt: number;
  readonly byHand: boolean;
  readonly missed: number;
  readonly startedAt: number;
}

export interface OccasionEnd {
  readonly id: number;
  readonly state: 'done' | 'failed' | 'cancelled' | 'interrupted';
  readonly finishedAt: number;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

/** Occasions older than this are forgotten. */
const keptMs = 400 * 86_400_000;

/** The writes of the schedule. Every one is a transaction of its own. */
export interface ScheduleStorage {
  putTask(task: TaskRow): void;
  removeTask(name: string): boolean;
  settle(task: string, until: number): void;
  /**
   * Notes that a task is started, and that its occasions are dealt with up to that one: both or neither. An occasion that
   * was interrupted is begun again. Answers its id; nothing if somebody has started it before.
   */
  begin(start: OccasionStart): number | undefined;
  /** An attempt that was ended in good order does not count among those that came to grief. */
  forgetAttempt(id: number): void;
  /** JSON: what has been done of it. */
  noteSteps(id: number, steps: string): void;
  end(end: OccasionEnd): void;
  /** What still counts as running belongs to a process that is gone; answers how many there were. */
  interruptUnfinished(now: number): number;
}

export function scheduleStorage({ sqlite }: Database): ScheduleStorage {
  const putTask = sqlite.prepare(
    `INSERT INTO schedule_task (name, kind, cron, parameters, enabled, settled_until)
     VALUES (:name, :kind, :cron, :parameters, :enabled, :settledUntil)
     ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, cron = excluded.cron, parameters = excluded.parameters,
       enabled = excluded.enabled, settled_until = excluded.settled_until`,
  );
  const removeTask = sqlite.prepare('DELETE FROM schedule_task WHERE name = ?');
  const settle = sqlite.prepare('UPDATE schedule_task SET settled_until = ? WHERE name = ?');
  const insert = sqlite.prepare(
    `INSERT INTO schedule_occasion (task, kind, due_at, by_hand, missed, state, started_at)
     VALUES (:task, :kind, :dueAt, :byHand, :missed, 'running', :startedAt)
     ON CONFLICT (task, due_at) DO UPDATE SET state = 'running', attempts = attempts + 1, started_at = excluded.started_at,
       finished_at = NULL, error_code = NULL, error_message = NULL
     WHERE state = 'interrupted'
     RETURNING id`,
  );
  const forget = sqlite.prepare('DELETE FROM schedule_occasion WHERE started_at < ?');
  const noteSteps = sqlite.prepare('UPDATE schedule_occasion SET steps = ? WHERE id = ?');
  const forgetAttempt = sqlite.prepare('UPDATE schedule_occasion SET attempts = attempts - 1 WHERE id = ?');
  const end = sqlite.prepare(
    `UPDATE schedule_occasion SET state = :state, finished_at = :finishedAt, error_code = :errorCode,
       error_message = :errorMessage
     WHERE id = :id`,
  );
  const unfinished = sqlite.prepare(
    `SELECT id, task, due_at AS dueAt, by_hand AS byHand, attempts FROM schedule_occasion WHERE state = 'running'`,
  );
  const interrupt = sqlite.prepare(
    `UPDATE schedule_occasion SET state = :state, finished_at = :now, error_code = 'WORKER_KILLED',
       error_message = 'The program ended while it was under way.'
     WHERE id = :id`,
  );
  const owe = sqlite.prepare('UPDATE schedule_task SET settled_until = min(settled_until, ?) WHERE name = ?');
  return {
    putTask: (task) => void putTask.run({ ...task, enabled: Number(task.enabled) }),
    removeTask: (name) => removeTask.run(name).changes > 0,
    settle: (task, until) => void settle.run(until, task),
    begin: sqlite.transaction((start: OccasionStart) => {
      const row = insert.get({ ...start, byHand: Number(start.byHand) }) as { id: number } | undefined;
      if (!start.byHand) settle.run(start.dueAt, start.task);
      forget.run(start.startedAt - keptMs);
      return row?.id;
    }),
    forgetAttempt: (id) => void forgetAttempt.run(id),
    noteSteps: (id, steps) => void noteSteps.run(steps, id),
    end: (given) => void end.run(given),
    interruptUnfinished: sqlite.transaction((now: number) => {
      const rows = unfinished.all() as {
        id: number;
        task: string;
        dueAt: number;
        byHand: number;
        attempts: number;
      }[];
      for (const { id, task, dueAt, byHand, attempts } of rows) {
        // What ends the program each time is not tried for ever.
        const isGivenUp = attempts >= mostAttempts;
        interrupt.run({ id, now, state: isGivenUp ? 'failed' : 'interrupted' });
        if (byHand === 0 && !isGivenUp) owe.run(dueAt - 1, task);
      }
      return rows.length;
    }),
  };
}

const mostAttempts = 3;
