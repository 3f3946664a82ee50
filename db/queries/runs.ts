import { and, asc, desc, eq, inArray, isNull, lt } from 'drizzle-orm';
import type { Run, RunItem, RunLogLine, RunState } from '../../engine/contract/runs.ts';
import type { RunKind } from '../../engine/contract/stages.ts';
import { AppError } from '../../engine/contract/errors.ts';
import type { Database } from '../client.ts';
import { run, runItem, runLog } from '../schema/index.ts';

export interface RunSearch {
  readonly limit: number;
  readonly states?: readonly RunState[] | undefined;
  readonly stage?: RunKind | undefined;
  /** Only runs before this one. */
  readonly before?: number | undefined;
}

/** The newest runs that belong to no other, newest first. */
export function listRuns({ orm }: Database, { limit, states, stage, before }: RunSearch): readonly Run[] {
  const conditions = [
    isNull(run.parentId),
    ...(states ? [inArray(run.state, [...states])] : []),
    ...(stage ? [eq(run.stage, stage)] : []),
    ...(before ? [lt(run.id, before)] : []),
  ];
  return orm
    .select()
    .from(run)
    .where(and(...conditions))
    .orderBy(desc(run.id))
    .limit(limit)
    .all()
    .map(toRun);
}

/** Runs that belong to no other and count as queued or running, oldest first. */
export function unfinishedRuns({ orm }: Database): readonly Run[] {
  return orm
    .select()
    .from(run)
    .where(and(isNull(run.parentId), inArray(run.state, ['queued', 'running'])))
    .orderBy(asc(run.id))
    .all()
    .map(toRun);
}

export function findRun({ orm }: Database, id: number): Run | undefined {
  const row = orm.select().from(run).where(eq(run.id, id)).get();
  return row && toRun(row);
}

/** The parts of a pipeline in their order. */
export function childRuns({ orm }: Database, parentId: number): readonly Run[] {
  return orm.select().from(run).where(eq(run.parentId, parentId)).orderBy(asc(run.id)).all().map(toRun);
}

function runItems({ orm }: Database, runId: number): readonly RunItem[] {
  const rows = orm.select().from(runItem).where(eq(runItem.runId, runId)).orderBy(asc(runItem.key)).all();
  return rows.map(({ runId: _, result, ...item }) => ({ ...item, result: parsed(result) }));
}

export function runLogLines({ orm }: Database, runId: number): readonly RunLogLine[] {
  const rows = orm.select().from(runLog).where(eq(runLog.runId, runId)).orderBy(asc(runLog.id)).all();
  return rows.map(({ instant, level, code, message, detail }) => ({
    instant,
    level,
    code,
    message,
    detail: parsed(detail) as RunLogLine['detail'],
  }));
}

/** Keys and stored results (as JSON text) of a run's finished items. */
export function doneItems({ sqlite }: Database, runId: number): Map<string, string | null> {
  const rows = sqlite
    .prepare<[number], { key: string; result: string | null }>(
      `SELECT key, result FROM run_item WHERE run_id = ? AND state = 'done'`,
    )
    .all(runId);
  return new Map(rows.map(({ key, result }) => [key, result]));
}

function toRun(row: typeof run.$inferSelect): Run {
  return {
    ...row,
    // Only the run service writes this column, and only with registered kinds.
    stage: row.stage as RunKind,
    parameters: JSON.parse(row.parameters) as Run['parameters'],
    result: parsed(row.result),
  };
}

function parsed(text: string | null): unknown {
  return text === null ? null : (JSON.parse(text) as unknown);
}

/** A run with its parts, items and log. @throws AppError `NOT_FOUND` */
export function readRun(
  database: Database,
  runId: number,
): { run: Run; children: Run[]; items: RunItem[]; log: RunLogLine[] } {
  const run = findRun(database, runId);
  if (!run) throw new AppError('NOT_FOUND', `There is no run ${runId}.`, { detail: { runId } });
  return {
    run,
    children: [...childRuns(database, runId)],
    items: [...runItems(database, runId)],
    log: [...runLogLines(database, runId)],
  };
}
