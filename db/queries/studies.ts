import { AppError } from '../../engine/contract/errors.ts';
import type { Dimension, Study, StudyTrial } from '../../engine/contract/studies.ts';
import type { Database } from '../client.ts';
import { readTrials } from './tuning.ts';

/** A study without what the settings say of it. */
export type StoredStudyRow = Omit<Study, 'inUse'>;

interface Row {
  id: number;
  name: string;
  family: string;
  championship: string | null;
  state: Study['state'];
  parameters: string;
  seed: number;
  createdAt: number;
  running: number;
  complete: number;
  pruned: number;
  failed: number;
  bestNumber: number | null;
  bestValue: number | null;
}

interface Kept {
  readonly preset?: string;
  readonly folds?: readonly string[];
  readonly sealed?: readonly string[];
  readonly sampler?: { readonly name?: string };
  readonly pruner?: { readonly name?: string };
  readonly maximumTrials?: number;
}

const statement = `
  SELECT s.id, s.name, s.family, c.code AS championship, s.state, s.parameters, s.seed, s.created_at AS createdAt,
         (SELECT count(*) FROM trial t WHERE t.study_id = s.id AND t.state = 'running') AS running,
         (SELECT count(*) FROM trial t WHERE t.study_id = s.id AND t.state = 'complete') AS complete,
         (SELECT count(*) FROM trial t WHERE t.study_id = s.id AND t.state = 'pruned') AS pruned,
         (SELECT count(*) FROM trial t WHERE t.study_id = s.id AND t.state = 'failed') AS failed,
         b.number AS bestNumber, b.value AS bestValue
  FROM study s LEFT JOIN championship c ON c.id = s.championship_id
  LEFT JOIN trial b ON b.id = (SELECT t.id FROM trial t WHERE t.study_id = s.id AND t.state = 'complete'
                               ORDER BY t.value, t.number LIMIT 1)`;

/** All studies, the newest first. */
export function listStudies({ sqlite }: Database): StoredStudyRow[] {
  return sqlite.prepare<[], Row>(`${statement} ORDER BY s.id DESC`).all().map(toStudy);
}

/** A study with its trials in their order. @throws AppError `NOT_FOUND` */
export function readStudy(
  database: Database,
  id: number,
): {
  study: StoredStudyRow;
  space: Record<string, Dimension>;
  folds: string[];
  sealed: string[];
  trials: StudyTrial[];
} {
  const { sqlite } = database;
  const row = sqlite.prepare<[number], Row>(`${statement} WHERE s.id = ?`).get(id);
  if (!row) throw new AppError('NOT_FOUND', `There is no study ${id}.`, { detail: { what: 'study', id } });
  const space = sqlite.prepare<[number], string>('SELECT space FROM study WHERE id = ?').pluck().get(id)!;
  const { folds = [], sealed = [] } = JSON.parse(row.parameters) as Kept;
  return {
    study: toStudy(row),
    space: dimensionsOf(JSON.parse(space) as Record<string, Dimension & { log?: boolean }>),
    folds: [...folds],
    sealed: [...sealed],
    trials: readTrials(database, id).map(({ number, state, parameters, value, steps, errorMessage }) => ({
      number,
      state,
      parameters,
      value,
      steps: [...steps],
      reason: errorMessage,
    })),
  };
}

/** What a reader needs of a search space: the scale is always said. */
export function dimensionsOf(
  space: Readonly<Record<string, Dimension & { readonly log?: boolean }>>,
): Record<string, Dimension> {
  const entries = Object.entries(space).map(([name, dimension]): [string, Dimension] => [
    name,
    dimension.kind === 'categorical'
      ? { kind: 'categorical', choices: [...dimension.choices] }
      : {
          kind: dimension.kind,
          low: dimension.low,
          high: dimension.high,
          log: dimension.log === true,
        },
  ]);
  return Object.fromEntries(entries);
}

/** The run that a study belongs to stands in its name, which makes the name unique. */
const runPattern = /, run (\d+)$/;

function toStudy(row: Row): StoredStudyRow {
  const { preset = '', sampler, pruner, maximumTrials = 0 } = JSON.parse(row.parameters) as Kept;
  const runId = runPattern.exec(row.name)?.[1];
  const { id, name, family, championship, state, seed, createdAt } = row;
  const { running, complete, pruned, failed, bestNumber, bestValue } = row;
  return {
    id,
    name,
    family,
    championship,
    state,
    preset,
    sampler: sampler?.name ?? '',
    pruner: pruner?.name ?? '',
    maximumTrials,
    seed,
    createdAt,
    runId: runId === undefined ? null : Number(runId),
    trials: { running, complete, pruned, failed },
    best: bestNumber === null || bestValue === null ? null : { number: bestNumber, value: bestValue },
  };
}
