import type { Sport } from '../../engine/contract/domain.ts';
import { AppError } from '../../engine/contract/errors.ts';
import type {
  AliasEntry,
  FoldModel,
  ModelAlias,
  ModelVersion,
  PromotionDecision,
  PromotionEntry,
} from '../../engine/contract/models.ts';
import type { Database } from '../client.ts';

interface VersionRow extends Omit<ModelVersion, 'parameters' | 'evaluation' | 'aliases'> {
  readonly parameters: string;
  readonly evaluation: string;
}

const versionStatement = `
  SELECT v.id, c.code AS championship, v.sport, v.family, v.version, v.experiment_run_id AS experimentRunId, v.parameters,
         v.evaluation, v.evaluated_from AS evaluatedFrom, v.evaluated_until AS evaluatedUntil, v.trials,
         v.data_hash AS dataHash, v.seed, v.code_version AS codeVersion, v.created_at AS createdAt
  FROM model_version v LEFT JOIN championship c ON c.id = v.championship_id`;

const aliasStatement = `
  SELECT a.id, c.code AS championship, a.sport, a.alias, a.model_version_id AS modelVersionId, a.since, a.reason,
         a.previous_id AS previousId, a.promotion_id AS promotionId
  FROM model_alias a LEFT JOIN championship c ON c.id = a.championship_id`;

/** A championship's place among the models, or with null the one over all championships of a sport. */
export interface RegistryPlace {
  readonly championshipId: number | null;
  readonly sport: Sport;
}

/**
 * Which versions to list: those of a championship (its code, or null for the pooled ones), a sport, a family, the newest
 * ones.
 */
export interface VersionSearch {
  readonly championship?: string | null | undefined;
  readonly sport?: Sport | undefined;
  readonly family?: string | undefined;
  readonly limit?: number;
}

/** Versions, newest first. */
export function listModelVersions(database: Database, search: VersionSearch = {}): ModelVersion[] {
  const { championship, sport, family, limit = 100 } = search;
  const conditions = ['(:family IS NULL OR v.family = :family)', '(:sport IS NULL OR v.sport = :sport)'];
  if (championship === null) conditions.push('v.championship_id IS NULL');
  else if (championship !== undefined) conditions.push('c.code = :championship');
  const rows = database.sqlite
    .prepare<[object], VersionRow>(
      `${versionStatement} WHERE ${conditions.join(' AND ')} ORDER BY v.id DESC LIMIT :limit`,
    )
    .all({ family: family ?? null, sport: sport ?? null, championship, limit });
  const aliases = currentAliases(database);
  return rows.map((row) => toVersion(row, aliases));
}

/** @throws AppError `NOT_FOUND` */
export function readModelVersion(database: Database, id: number): ModelVersion {
  const row = database.sqlite.prepare<[number], VersionRow>(`${versionStatement} WHERE v.id = ?`).get(id);
  if (!row) throw new AppError('NOT_FOUND', `There is no model version ${id}.`, { detail: { id } });
  return toVersion(row, currentAliases(database));
}

/** The version that was registered for exactly these data and settings, if any. */
export function findModelVersion(
  { sqlite }: Database,
  identity: RegistryPlace & { readonly family: string; readonly dataHash: string },
): number | undefined {
  return sqlite
    .prepare<[typeof identity], number>(
      `SELECT id FROM model_version
       WHERE coalesce(championship_id, 0) = coalesce(:championshipId, 0) AND sport = :sport AND family = :family
         AND data_hash = :dataHash`,
    )
    .pluck()
    .get(identity);
}

/** Who holds a name now; undefined where nobody ever did. */
export function currentAlias(
  { sqlite }: Database,
  { championshipId, sport }: RegistryPlace,
  alias: ModelAlias,
): AliasEntry | undefined {
  return sqlite
    .prepare<[number, Sport, string], AliasEntry>(
      `${aliasStatement} WHERE coalesce(a.championship_id, 0) = ? AND a.sport = ? AND a.alias = ?
       ORDER BY a.id DESC LIMIT 1`,
    )
    .get(championshipId ?? 0, sport, alias);
}

export function readAlias({ sqlite }: Database, id: number): AliasEntry | undefined {
  return sqlite.prepare<[number], AliasEntry>(`${aliasStatement} WHERE a.id = ?`).get(id);
}

/** Everyone who held a name in a place, newest first. */
export function aliasHistory({ sqlite }: Database, { championshipId, sport }: RegistryPlace): AliasEntry[] {
  return sqlite
    .prepare<[number, Sport], AliasEntry>(
      `${aliasStatement} WHERE coalesce(a.championship_id, 0) = ? AND a.sport = ? ORDER BY a.id DESC`,
    )
    .all(championshipId ?? 0, sport);
}

/** What the gate said about a version, newest first. */
export function promotionsOf({ sqlite }: Database, challengerId: number): PromotionEntry[] {
  return sqlite
    .prepare<[number], Omit<PromotionEntry, 'decision'> & { decision: string }>(
      `SELECT p.id, c.code AS championship, p.sport, p.challenger_id AS challengerId, p.champion_id AS championId, p.instant,
              p.decision
       FROM promotion p LEFT JOIN championship c ON c.id = p.championship_id
       WHERE p.challenger_id = ? ORDER BY p.id DESC`,
    )
    .all(challengerId)
    .map((row) => ({ ...row, decision: JSON.parse(row.decision) as PromotionDecision }));
}

/** The fitted models behind a version, in order of what they were trained on. */
export function foldModels({ sqlite }: Database, modelVersionId: number): FoldModel[] {
  return sqlite
    .prepare<[number], FoldModel>(
      `SELECT m.id, c.code AS championship, m.family, m.season_code AS seasonCode, m.train_from AS trainFrom,
              m.train_until AS trainUntil, m.train_count AS trainCount, m.checksum
       FROM model_version_model vm
       JOIN model m ON m.id = vm.model_id
       LEFT JOIN championship c ON c.id = m.championship_id
       WHERE vm.model_version_id = ? ORDER BY m.train_until, m.id`,
    )
    .all(modelVersionId);
}

/** A fitted model's text and its checksum. */
export function modelText(
  { sqlite }: Database,
  modelId: number,
): { readonly payload: string; readonly checksum: string } {
  const row = sqlite
    .prepare<[number], { payload: string; checksum: string }>(
      'SELECT payload, checksum FROM model WHERE id = ?',
    )
    .get(modelId);
  if (!row) throw new AppError('NOT_FOUND', `There is no model ${modelId}.`, { detail: { modelId } });
  return row;
}

/**
 * The place of a championship by its code; null stands for the one over all championships of the sport given.
 *
 * @throws AppError `NOT_FOUND`
 */
export function placeOf({ sqlite }: Database, code: string | null, pooled: Sport): RegistryPlace {
  if (code === null) return { championshipId: null, sport: pooled };
  const place = sqlite
    .prepare<[string], { championshipId: number; sport: Sport }>(
      `SELECT c.id AS championshipId, sport.code AS sport
       FROM championship c JOIN sport ON sport.id = c.sport_id WHERE c.code = ?`,
    )
    .get(code);
  if (place === undefined) {
    const known = sqlite.prepare<[], string>('SELECT code FROM championship ORDER BY code').pluck().all();
    throw new AppError('NOT_FOUND', `There is no championship ${code}; held: ${known.join(', ')}.`, {
      detail: { what: 'championship', name: code, known },
    });
  }
  return place;
}

export function championshipCodeOf({ sqlite }: Database, id: number | null): string | null {
  if (id === null) return null;
  return (
    sqlite.prepare<[number], string>('SELECT code FROM championship WHERE id = ?').pluck().get(id) ?? null
  );
}

function currentAliases({ sqlite }: Database): Map<number, ModelVersion['aliases']> {
  const rows = sqlite
    .prepare<[], AliasEntry>(
      `${aliasStatement} WHERE a.id IN (SELECT max(id) FROM model_alias GROUP BY coalesce(championship_id, 0), sport, alias)
       ORDER BY a.id`,
    )
    .all();
  const held = new Map<number, ModelVersion['aliases']>();
  for (const { modelVersionId, alias, championship } of rows) {
    if (modelVersionId === null) continue;
    held.set(modelVersionId, [...(held.get(modelVersionId) ?? []), { alias, championship }]);
  }
  return held;
}

function toVersion(row: VersionRow, aliases: ReadonlyMap<number, ModelVersion['aliases']>): ModelVersion {
  return {
    ...row,
    parameters: JSON.parse(row.parameters) as ModelVersion['parameters'],
    evaluation: JSON.parse(row.evaluation) as ModelVersion['evaluation'],
    aliases: aliases.get(row.id) ?? [],
  };
}
