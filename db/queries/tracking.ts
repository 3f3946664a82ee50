import type {
  Artefact,
  Experiment,
  ExperimentRun,
  ExperimentRunState,
  ExperimentSearch,
  MetricPoint,
} from '../../engine/contract/tracking.ts';
import { AppError } from '../../engine/contract/errors.ts';
import type { Database } from '../client.ts';

/** All experiments, the one with the newest run first. */
export function listExperiments({ sqlite }: Database): Experiment[] {
  return sqlite
    .prepare<[], Experiment>(
      `SELECT e.id, e.name, e.description, e.created_at AS createdAt,
              (SELECT count(*) FROM experiment_run r WHERE r.experiment_id = e.id) AS runs,
              (SELECT max(r.started_at) FROM experiment_run r WHERE r.experiment_id = e.id) AS lastStartedAt
       FROM experiment e ORDER BY lastStartedAt DESC NULLS LAST, e.id`,
    )
    .all();
}

interface RunRow {
  id: number;
  experiment_id: number;
  experiment: string;
  run_id: number | null;
  uid: string;
  name: string;
  family: string | null;
  championship: string | null;
  parameters: string;
  data_hash: string | null;
  seed: number | null;
  code_version: string;
  machine: string;
  state: ExperimentRunState;
  started_at: number;
  finished_at: number | null;
  error_code: string | null;
  error_message: string | null;
}

const runColumns = `r.id, r.experiment_id, e.name AS experiment, r.run_id, r.uid, r.name, r.family,
  c.code AS championship, r.parameters, r.data_hash, r.seed, r.code_version, r.machine, r.state, r.started_at,
  r.finished_at, r.error_code, r.error_message`;
const runTables = `experiment_run r JOIN experiment e ON e.id = r.experiment_id
  LEFT JOIN championship c ON c.id = r.championship_id`;

/** The last value of a metric is that of its highest step. */
const lastStep = `(SELECT max(l.step) FROM experiment_metric l
  WHERE l.experiment_run_id = m.experiment_run_id AND l.key = m.key)`;

/** The statement of a search and its values; every condition that is given must hold. Newest first. */
export function searchStatement(search: ExperimentSearch): { sql: string; values: (string | number)[] } {
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  const add = (condition: string, ...given: (string | number)[]) => {
    conditions.push(condition);
    values.push(...given);
  };
  const { experiment, family, championship, state, tags = {}, metric, limit } = search;
  if (experiment !== undefined)
    add('r.experiment_id = (SELECT id FROM experiment WHERE name = ?)', experiment);
  if (family !== undefined) add('r.family = ?', family);
  if (championship !== undefined) {
    add('r.championship_id = (SELECT id FROM championship WHERE code = ?)', championship);
  }
  if (state !== undefined) add('r.state = ?', state);
  for (const [key, value] of Object.entries(tags)) {
    add('r.id IN (SELECT experiment_run_id FROM experiment_tag WHERE key = ? AND value = ?)', key, value);
  }
  if (metric) {
    // `is` is one of the contract's comparison signs, never free text.
    const condition = `r.id IN (SELECT m.experiment_run_id FROM experiment_metric m
      WHERE m.key = ? AND m.value ${metric.is} ? AND m.step = ${lastStep})`;
    add(condition, metric.key, metric.value);
  }
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  return {
    sql: `SELECT ${runColumns} FROM ${runTables} ${where} ORDER BY r.id DESC LIMIT ?`,
    values: [...values, limit],
  };
}

export function searchExperimentRuns(database: Database, search: ExperimentSearch): ExperimentRun[] {
  const { sql, values } = searchStatement(search);
  const rows = database.sqlite.prepare<(string | number)[], RunRow>(sql).all(...values);
  return rows.map((row) => toRun(database, row));
}

/** @throws AppError `NOT_FOUND` */
export function readExperimentRun(database: Database, id: number): ExperimentRun {
  const row = database.sqlite
    .prepare<[number], RunRow>(`SELECT ${runColumns} FROM ${runTables} WHERE r.id = ?`)
    .get(id);
  if (!row) throw new AppError('NOT_FOUND', `There is no experiment run ${id}.`, { detail: { id } });
  return toRun(database, row);
}

/** Every logged point of a run, by metric and step; of one metric where a key is given. */
export function metricHistory(database: Database, id: number, key?: string): MetricPoint[] {
  return database.sqlite
    .prepare<[{ id: number; key: string | null }], MetricPoint>(
      `SELECT key, step, value, instant FROM experiment_metric
       WHERE experiment_run_id = :id AND (:key IS NULL OR key = :key) ORDER BY key, step`,
    )
    .all({ id, key: key ?? null });
}

export function listArtefacts(database: Database, id: number): Artefact[] {
  return database.sqlite
    .prepare<[number], Artefact>(
      `SELECT id, name, kind, bytes, sha256, path, created_at AS createdAt
       FROM experiment_artefact WHERE experiment_run_id = ? ORDER BY name`,
    )
    .all(id);
}

/** An artefact's bytes where they are in the database; null where it lies in a file. */
export function artefactContent(database: Database, artefactId: number): Uint8Array | null {
  const row = database.sqlite
    .prepare<[number], { content: Uint8Array | null }>('SELECT content FROM experiment_artefact WHERE id = ?')
    .get(artefactId);
  if (!row)
    throw new AppError('NOT_FOUND', `There is no artefact ${artefactId}.`, { detail: { artefactId } });
  return row.content;
}

/** The experiment run of that name within a run of the engine, for one that is resumed. */
export function findExperimentRun(
  { sqlite }: Database,
  where: { readonly experimentId: number; readonly runId: number; readonly name: string },
): { id: number; uid: string; parameters: string } | undefined {
  return sqlite
    .prepare<[typeof where], { id: number; uid: string; parameters: string }>(
      `SELECT id, uid, parameters FROM experiment_run
       WHERE run_id = :runId AND experiment_id = :experimentId AND name = :name ORDER BY id DESC LIMIT 1`,
    )
    .get(where);
}

function toRun({ sqlite }: Database, row: RunRow): ExperimentRun {
  const tags = sqlite
    .prepare<[number], { key: string; value: string }>(
      'SELECT key, value FROM experiment_tag WHERE experiment_run_id = ? ORDER BY key',
    )
    .all(row.id);
  const metrics = sqlite
    .prepare<[number], { key: string; value: number | null }>(
      `SELECT m.key, m.value FROM experiment_metric m WHERE m.experiment_run_id = ? AND m.step = ${lastStep} ORDER BY m.key`,
    )
    .all(row.id);
  return {
    id: row.id,
    experimentId: row.experiment_id,
    experiment: row.experiment,
    runId: row.run_id,
    uid: row.uid,
    name: row.name,
    family: row.family,
    championship: row.championship,
    parameters: JSON.parse(row.parameters) as ExperimentRun['parameters'],
    tags: Object.fromEntries(tags.map(({ key, value }) => [key, value])),
    metrics: Object.fromEntries(metrics.map(({ key, value }) => [key, value])),
    dataHash: row.data_hash,
    seed: row.seed,
    codeVersion: row.code_version,
    machine: JSON.parse(row.machine) as ExperimentRun['machine'],
    state: row.state,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    errorCode: row.error_code,
    errorMessage: row.error_message,
  };
}
