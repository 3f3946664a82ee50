import type { ExperimentRunState } from '../../engine/contract/tracking.ts';
import type { Database } from '../client.ts';

/** A new experiment run. JSON is given as text. */
export interface NewExperimentRun {
  readonly experimentId: number;
  readonly runId: number | null;
  readonly uid: string;
  readonly name: string;
  readonly family: string | null;
  readonly championshipId: number | null;
  readonly parameters: string;
  readonly dataHash: string | null;
  readonly seed: number | null;
  readonly codeVersion: string;
  readonly machine: string;
  readonly startedAt: number;
}

export interface NewMetricPoint {
  readonly experimentRunId: number;
  readonly key: string;
  readonly step: number;
  /** null for NaN. */
  readonly value: number | null;
  readonly instant: number;
}

export interface NewArtefact {
  readonly experimentRunId: number;
  readonly name: string;
  readonly kind: string;
  readonly content: Uint8Array | null;
  readonly path: string | null;
  readonly bytes: number;
  readonly sha256: string;
  readonly createdAt: number;
}

export interface ExperimentRunEnd {
  readonly id: number;
  readonly state: Exclude<ExperimentRunState, 'running'>;
  readonly finishedAt: number;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

/** The writes of experiment tracking. */
export interface TrackingStorage {
  /** The id of the experiment of that name, made if there is none. */
  experimentId(name: string, createdAt: number): number;
  insertRun(run: NewExperimentRun): number;
  /** An interrupted or failed run that goes on. */
  reopenRun(id: number): void;
  setParameters(id: number, parameters: string): void;
  putTag(tag: { experimentRunId: number; key: string; value: string }): void;
  /** A second value of the same metric and step takes the place of the first. */
  putMetric(point: NewMetricPoint): void;
  /** Another artefact of the same name takes its place. Answers its id. */
  putArtefact(artefact: NewArtefact): number;
  endRun(end: ExperimentRunEnd): void;
  /** Runs that a dead process left behind become `interrupted`; answers their ids. */
  interruptUnfinished(finishedAt: number): readonly number[];
}

export function trackingStorage({ sqlite }: Database): TrackingStorage {
  const findExperiment = sqlite.prepare<[string], number>('SELECT id FROM experiment WHERE name = ?').pluck();
  const insertExperiment = sqlite.prepare('INSERT INTO experiment (name, created_at) VALUES (?, ?)');
  const insertRun = sqlite.prepare(
    `INSERT INTO experiment_run (experiment_id, run_id, uid, name, family, championship_id, parameters, data_hash, seed,
       code_version, machine, state, started_at)
     VALUES (:experimentId, :runId, :uid, :name, :family, :championshipId, :parameters, :dataHash, :seed,
       :codeVersion, :machine, 'running', :startedAt)`,
  );
  const reopenRun = sqlite.prepare(
    `UPDATE experiment_run SET state = 'running', finished_at = NULL, error_code = NULL, error_message = NULL WHERE id = ?`,
  );
  const setParameters = sqlite.prepare('UPDATE experiment_run SET parameters = ? WHERE id = ?');
  const putTag = sqlite.prepare(
    `INSERT INTO experiment_tag (experiment_run_id, key, value) VALUES (:experimentRunId, :key, :value)
     ON CONFLICT (experiment_run_id, key) DO UPDATE SET value = excluded.value`,
  );
  const putMetric = sqlite.prepare(
    `INSERT INTO experiment_metric (experiment_run_id, key, step, value, instant)
     VALUES (:experimentRunId, :key, :step, :value, :instant)
     ON CONFLICT (experiment_run_id, key, step) DO UPDATE SET value = excluded.value, instant = excluded.instant`,
  );
  const putArtefact = sqlite.prepare<[NewArtefact], { id: number }>(
    `INSERT INTO experiment_artefact (experiment_run_id, name, kind, content, path, bytes, sha256, created_at)
     VALUES (:experimentRunId, :name, :kind, :content, :path, :bytes, :sha256, :createdAt)
     ON CONFLICT (experiment_run_id, name) DO UPDATE SET kind = excluded.kind, content = excluded.content,
       path = excluded.path, bytes = excluded.bytes, sha256 = excluded.sha256, created_at = excluded.created_at
     RETURNING id`,
  );
  const endRun = sqlite.prepare(
    `UPDATE experiment_run SET state = :state, finished_at = :finishedAt, error_code = :errorCode,
       error_message = :errorMessage WHERE id = :id`,
  );
  const interrupt = sqlite.prepare<[number], { id: number }>(
    `UPDATE experiment_run SET state = 'interrupted', finished_at = ? WHERE state = 'running' RETURNING id`,
  );
  return {
    experimentId: (name, createdAt) =>
      findExperiment.get(name) ?? Number(insertExperiment.run(name, createdAt).lastInsertRowid),
    insertRun: (run) => Number(insertRun.run(run).lastInsertRowid),
    reopenRun: (id) => void reopenRun.run(id),
    setParameters: (id, parameters) => void setParameters.run(parameters, id),
    putTag: (tag) => void putTag.run(tag),
    putMetric: (point) => void putMetric.run(point),
    putArtefact: (artefact) => putArtefact.get(artefact)!.id,
    endRun: (end) => void endRun.run(end),
    interruptUnfinished: (finishedAt) => interrupt.all(finishedAt).map(({ id }) => id),
  };
}
