import type { Sport } from '../../engine/contract/domain.ts';
import type { ModelAlias } from '../../engine/contract/models.ts';
import type { Database } from '../client.ts';

/** A new version; its number is given by the database. JSON is given as text. */
export interface NewModelVersion {
  readonly championshipId: number | null;
  readonly sport: Sport;
  readonly family: string;
  readonly experimentRunId: number | null;
  readonly artefactId: number | null;
  readonly parameters: string;
  readonly evaluation: string;
  readonly evaluatedFrom: string | null;
  readonly evaluatedUntil: string | null;
  readonly trials: number;
  readonly dataHash: string;
  readonly seed: number;
  readonly codeVersion: string;
  readonly createdAt: number;
}

export interface NewPromotion {
  readonly championshipId: number | null;
  readonly sport: Sport;
  readonly challengerId: number;
  readonly championId: number | null;
  readonly instant: number;
  readonly promoted: 0 | 1;
  readonly decision: string;
}

export interface NewAlias {
  readonly championshipId: number | null;
  readonly sport: Sport;
  readonly alias: ModelAlias;
  readonly modelVersionId: number | null;
  readonly since: number;
  readonly reason: string;
  readonly previousId: number | null;
  readonly promotionId: number | null;
}

/** The writes of the model registry. Rows are only ever added. */
export interface ModelRegistryStorage {
  insertVersion(version: NewModelVersion): number;
  /** Names a fitted model as part of a version; twice is once. */
  addModel(modelVersionId: number, modelId: number): void;
  insertPromotion(promotion: NewPromotion): number;
  insertAlias(alias: NewAlias): number;
}

export function modelRegistryStorage({ sqlite }: Database): ModelRegistryStorage {
  const insertVersion = sqlite.prepare(
    `INSERT INTO model_version (championship_id, sport, family, version, experiment_run_id, artefact_id, parameters, evaluation,
       evaluated_from, evaluated_until, trials, data_hash, seed, code_version, created_at)
     VALUES (:championshipId, :sport, :family,
       1 + (SELECT coalesce(max(version), 0) FROM model_version
            WHERE coalesce(championship_id, 0) = coalesce(:championshipId, 0) AND sport = :sport AND family = :family),
       :experimentRunId, :artefactId, :parameters, :evaluation, :evaluatedFrom, :evaluatedUntil, :trials, :dataHash,
       :seed, :codeVersion, :createdAt)`,
  );
  const addModel = sqlite.prepare(
    'INSERT INTO model_version_model (model_version_id, model_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const insertPromotion = sqlite.prepare(
    `INSERT INTO promotion (championship_id, sport, challenger_id, champion_id, instant, promoted, decision)
     VALUES (:championshipId, :sport, :challengerId, :championId, :instant, :promoted, :decision)`,
  );
  const insertAlias = sqlite.prepare(
    `INSERT INTO model_alias (championship_id, sport, alias, model_version_id, since, reason, previous_id, promotion_id)
     VALUES (:championshipId, :sport, :alias, :modelVersionId, :since, :reason, :previousId, :promotionId)`,
  );
  return {
    insertVersion: (version) => Number(insertVersion.run(version).lastInsertRowid),
    addModel: (modelVersionId, modelId) => void addModel.run(modelVersionId, modelId),
    insertPromotion: (promotion) => Number(insertPromotion.run(promotion).lastInsertRowid),
    insertAlias: (alias) => Number(insertAlias.run(alias).lastInsertRowid),
  };
}
