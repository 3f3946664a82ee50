import type { Database } from '../client.ts';

/** A new run, waiting in the queue. JSON is given as text. */
export interface NewRun {
  readonly parentId: number | null;
  readonly stage: string;
  readonly parameters: string;
  readonly instant: number;
  readonly today: string;
  readonly startedAt: number;
}

export type EndState = 'done' | 'failed' | 'cancelled' | 'interrupted';

export interface RunEnd {
  readonly id: number;
  readonly state: EndState;
  readonly finishedAt: number;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly result: string | null;
}

export interface NewRunItem {
  readonly runId: number;
  readonly key: string;
  readonly state: 'done' | 'failed';
  readonly durationMs: number;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly result: string | null;
}

export interface NewRunLogLine {
  readonly runId: number;
  readonly instant: number;
  readonly level: string;
  readonly code: string | null;
  readonly message: string;
  readonly detail: string | null;
}

/** The writes of runs' bookkeeping. */
export interface RunStorage {
  insert(run: NewRun): number;
  /** Back into the queue, for another attempt. */
  requeue(id: number): void;
  begin(id: number, startedAt: number): void;
  progress(id: number, progress: { phase: string; total: number; done: number }): void;
  end(run: RunEnd): void;
  /** Notes an item; an earlier attempt's note of it is replaced. */
  putItem(item: NewRunItem): void;
  log(line: NewRunLogLine): void;
  /** Runs that a dead process left behind become `interrupted`; returns how many. */
  interruptUnfinished(finishedAt: number): number;
}

export function runStorage({ sqlite }: Database): RunStorage {
  const insert = sqlite.prepare(
    `INSERT INTO run (parent_id, stage, parameters, state, instant, today, started_at)
     VALUES (:parentId, :stage, :parameters, 'queued', :instant, :today, :startedAt)`,
  );
  const requeue = sqlite.prepare(
    `UPDATE run SET state = 'queued', finished_at = NULL, error_code = NULL, error_message = NULL WHERE id = ?`,
  );
  const begin = sqlite.prepare(
    `UPDATE run SET state = 'running', started_at = :startedAt,
       items_failed = (SELECT count(*) FROM run_item WHERE run_id = :id AND state = 'failed')
     WHERE id = :id`,
  );
  const progress = sqlite.prepare(
    'UPDATE run SET phase = :phase, items_total = :total, items_done = :done WHERE id = :id',
  );
  const end = sqlite.prepare(
    `UPDATE run SET state = :state, finished_at = :finishedAt, error_code = :errorCode,
       error_message = :errorMessage, result = :result,
       items_failed = (SELECT count(*) FROM run_item WHERE run_id = :id AND state = 'failed')
     WHERE id = :id`,
  );
  const putItem = sqlite.prepare(
    `INSERT INTO run_item (run_id, key, state, duration_ms, error_code, error_message, result)
     VALUES (:runId, :key, :state, :durationMs, :errorCode, :errorMessage, :result)
     ON CONFLICT (run_id, key) DO UPDATE SET state = excluded.state, duration_ms = excluded.duration_ms,
       error_code = excluded.error_code, error_message = excluded.error_message, result = excluded.result`,
  );
  const log = sqlite.prepare(
    `INSERT INTO run_log (run_id, instant, level, code, message, detail)
     VALUES (:runId, :instant, :level, :code, :message, :detail)`,
  );
  const interrupt = sqlite.prepare(
    `UPDATE run SET state = 'interrupted', finished_at = ? WHERE state IN ('queued', 'running')`,
  );
  return {
    insert: (run) => Number(insert.run(run).lastInsertRowid),
    requeue: (id) => void requeue.run(id),
    begin: (id, startedAt) => void begin.run({ id, startedAt }),
    progress: (id, values) => void progress.run({ id, ...values }),
    end: (run) => void end.run(run),
    putItem: (item) => void putItem.run(item),
    log: (line) => void log.run(line),
    interruptUnfinished: (finishedAt) => interrupt.run(finishedAt).changes,
  };
}
