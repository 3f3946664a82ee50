import type { Database } from '../../../db/client.ts';
import {
  foldModels,
  listModelVersions,
  modelText,
  placeOf,
  promotionsOf,
  readModelVersion,
} from '../../../db/queries/model-registry.ts';
import { cardFolds } from '../../../db/queries/football/model-card.ts';
import { AppError } from '../../contract/errors.ts';
import type { FoldModel } from '../../contract/models.ts';
import type { CardScores } from '../../football/evaluation/model-card.ts';
import { promotionEvidence } from '../../football/processing/promotion-evidence.ts';
import { exportOnnx } from '../../kernel/modeling/export/onnx.ts';
import { decidePromotion } from '../../kernel/modeling/promotion.ts';
import type { Estimator } from '../../kernel/modeling/estimator.ts';
import { deserializeEstimator, type SerializedModel } from '../../kernel/modeling/serialization.ts';
import { compareVersions } from '../../runtime/tracking/compare.ts';
import { createModelRegistry } from '../../runtime/tracking/model-registry.ts';
import { engine } from './engine.ts';

const procedures = engine.models;

export const models = {
  list: procedures.list.handler(({ input, context }) => listModelVersions(context.reader(), input)),
  show: procedures.show.handler(({ input, context }) => {
    const database = context.reader();
    return {
      version: readModelVersion(database, input.id),
      models: foldModels(database, input.id),
      promotions: promotionsOf(database, input.id),
    };
  }),
  card: procedures.card.handler(async ({ input, context }) => {
    const database = context.reader();
    readModelVersion(database, input.id);
    const folds = cardFolds(database, input.id);
    const { answer, age } = await context.analyses().answer<CardScores>({
      kind: 'model-card/1',
      about: { id: input.id },
      worker: new URL('../../workers/model-card.ts', import.meta.url),
      handler: 'scoreCard',
    });
    return {
      folds: folds.map(({ featureNames: _, ...fold }) => fold),
      featureNames: folds.at(-1)?.featureNames ?? [],
      ...answer,
      age,
    };
  }),
  compare: procedures.compare.handler(({ input, context }) => {
    const database = context.reader();
    const { champion: championId, challenger: challengerId, from, until, differencesOnly } = input;
    const versions = [championId, challengerId].map((id) => readModelVersion(database, id));
    const evidence = promotionEvidence(
      database,
      { challengerId, championId },
      { championshipId: null, from, until },
    );
    return {
      comparison: compareVersions(versions, { differencesOnly }),
      decision: decidePromotion(evidence),
    };
  }),
  promote: procedures.promote.handler(({ input, context }) => {
    const database = context.writer();
    const registry = createModelRegistry(database, context.clock);
    const challenger = readModelVersion(database, input.id);
    const code = input.championship === undefined ? challenger.championship : input.championship;
    const place = placeOf(database, code, challenger.sport);
    const champion = registry.reigning(place);
    if (champion?.id === challenger.id) {
      throw new AppError('USAGE', `Model version ${challenger.id} forecasts there already.`, {
        detail: { id: challenger.id },
      });
    }
    const versions = { challengerId: challenger.id, championId: champion?.id ?? null };
    const { from = challenger.evaluatedFrom ?? undefined, until = challenger.evaluatedUntil ?? undefined } =
      input;
    const evidence = promotionEvidence(database, versions, { ...place, from, until });
    const { tolerance } = input;
    const decision = decidePromotion(evidence, tolerance === undefined ? {} : { tolerance });
    return { decision, champion: registry.promote({ ...place, ...versions, decision }) ?? null };
  }),
  rollback: procedures.rollback.handler(({ input, context }) => {
    const database = context.writer();
    const place = placeOf(database, input.championship, input.sport);
    return createModelRegistry(database, context.clock).rollback(place, input.reason);
  }),
  takeRollbackBack: procedures.takeRollbackBack.handler(({ input, context }) => {
    const database = context.writer();
    const place = placeOf(database, input.championship, input.sport);
    return createModelRegistry(database, context.clock).takeRollbackBack(place, input.reason);
  }),
  history: procedures.history.handler(({ input, context }) => {
    const database = context.reader();
    const place = placeOf(database, input.championship, input.sport);
    return createModelRegistry(database, context.clock).history(place);
  }),
  export: procedures.export.handler(({ input, context }) => {
    const database = context.reader();
    const model = foldOf(database, input);
    const text = modelText(database, model.id);
    const name = `${model.championship ?? 'pooled'}-${model.family}-${model.seasonCode}`;
    const fileName = `${name.replaceAll(/[^\p{L}\p{N}.-]+/gu, '-')}.${input.format}`;
    if (input.format === 'onnx') {
      const bytes = exportOnnx(estimatorOf(model, text).save());
      return { model, fileName, mediaType: 'application/octet-stream', base64: toBase64(bytes) };
    }
    const document = JSON.stringify({ format: 'auspex.model/1', ...text });
    return { model, fileName, mediaType: 'application/json', base64: toBase64(Buffer.from(document)) };
  }),
  importances: procedures.importances.handler(({ input, context }) => {
    const database = context.reader();
    const model = foldOf(database, input);
    const estimator = estimatorOf(model, modelText(database, model.id));
    const values = estimator.featureImportances();
    if (!values) return { model, importances: null };
    const importances = estimator
      .metadata!.featureNames.map((feature, at) => ({ feature, value: values[at]! }))
      .sort((a, b) => b.value - a.value);
    return { model, importances };
  }),
};

/** A family that only joins what others say (the pool) or reads prices (the market) keeps no estimator. */
function estimatorOf(model: FoldModel, text: SerializedModel): Estimator {
  const parsed = JSON.parse(text.payload) as { readonly metadata?: object };
  if (parsed.metadata) return deserializeEstimator(text);
  throw new AppError(
    'EXPORT_UNSUPPORTED',
    `A model of the family ${model.family} is no estimator of its own: it has neither an ONNX form nor importances.`,
    { detail: { family: model.family } },
  );
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** The fitted model of a version for a season, or the one trained last. @throws AppError `NOT_FOUND` */
function foldOf(
  database: Database,
  { id, season }: { readonly id: number; readonly season?: string | undefined },
): FoldModel {
  const version = readModelVersion(database, id);
  const folds = foldModels(database, id);
  const fold = season === undefined ? folds.at(-1) : folds.find(({ seasonCode }) => seasonCode === season);
  if (fold) return fold;
  const held = folds.map(({ seasonCode }) => seasonCode);
  const wanted = season === undefined ? 'no fitted model' : `no model for ${season}`;
  throw new AppError(
    'NOT_FOUND',
    `Version ${id} (${version.family}) has ${wanted}; held: ${held.join(', ') || 'none'}.`,
    { detail: { what: 'model', id, held } },
  );
}
