import type { Database } from '../../../db/client.ts';
import {
  aliasHistory,
  championshipCodeOf,
  currentAlias,
  findModelVersion,
  readAlias,
  readModelVersion,
  type RegistryPlace,
} from '../../../db/queries/model-registry.ts';
import { modelRegistryStorage } from '../../../db/storage/model-registry.ts';
import type { JsonValue, Sport } from '../../contract/domain.ts';
import { AppError } from '../../contract/errors.ts';
import type { AliasEntry, ModelAlias, ModelVersion, PromotionDecision } from '../../contract/models.ts';
import type { Clock } from '../../ports/index.ts';
import { codeVersion } from './machine.ts';

/** A family as trained on one state of the data. */
export interface VersionGiven {
  /** null for a pooled one. */
  readonly championshipId: number | null;
  readonly sport: Sport;
  readonly family: string;
  /** Hash of everything that determined the training; a version of the same hash is the same version. */
  readonly dataHash: string;
  readonly parameters: Readonly<Record<string, JsonValue | undefined>>;
  /** Figures by name, such as `logLoss`, measured from `from` to `until` (match days). */
  readonly evaluation: Readonly<Record<string, JsonValue | undefined>>;
  readonly period?: { readonly from: string; readonly until: string } | undefined;
  readonly seed: number;
  /** Rows of the table `model`: the folds of its walk-forward training. */
  readonly modelIds: readonly number[];
  readonly experimentRunId?: number | undefined;
  /** An artefact that holds the fitted model, where it has no rows in `model`. */
  readonly artefactId?: number | undefined;
  /** Trials of a study that its parameters won against. */
  readonly trials?: number | undefined;
}

/** A place that one version can hold: a championship, or with null the one over all championships of a sport. */
export type Place = RegistryPlace;

export interface PromotionGiven extends Place {
  readonly challengerId: number;
  /** The champion that the decision was made against; null where there was none. */
  readonly championId: number | null;
  readonly decision: PromotionDecision;
}

export interface ModelRegistry {
  /** The version of these data and settings, numbered and stored if it is new; the models given are added to it. */
  register(version: VersionGiven): ModelVersion;
  /** Who holds a name now; undefined where nobody does. */
  holder(place: Place, alias: ModelAlias): ModelVersion | undefined;
  /** Who forecasts in a place: its own champion, else that of its sport. */
  reigning(place: Place): ModelVersion | undefined;
  history(place: Place): AliasEntry[];
  /** Names a version as the challenger. */
  challenge(place: Place, modelVersionId: number, reason: string): AliasEntry;
  /**
   * Records what the gate said, and where it said yes makes the challenger champion. Answers the champion's entry, or
   * undefined after a refusal.
   *
   * @throws AppError `USAGE` when another champion has come since the decision, or the version does not belong here
   */
  promote(given: PromotionGiven): AliasEntry | undefined;
  /**
   * Gives the place back to the champion before the present one; again, to the one before that. A championship whose first
   * champion is taken back is forecast by that of its sport again.
   *
   * @throws AppError `NOT_FOUND` when there is none
   */
  rollback(place: Place, reason: string): AliasEntry;
  /**
   * Takes the last rollback back: the champion that it unseated holds the place again, on what the gate said of it then.
   *
   * @throws AppError `NOT_FOUND` when the last change of the champion was no rollback
   */
  takeRollbackBack(place: Place, reason: string): AliasEntry;
}

/** The registry of models. There is no way to make a champion but the gate and the rollback. */
export function createModelRegistry(database: Database, clock: Clock): ModelRegistry {
  const storage = modelRegistryStorage(database);
  const program = codeVersion();

  const add = (
    place: Place,
    entry: Partial<AliasEntry> & { readonly alias: ModelAlias; readonly reason: string },
  ): AliasEntry => {
    const id = storage.insertAlias({
      championshipId: place.championshipId,
      sport: place.sport,
      modelVersionId: null,
      previousId: null,
      promotionId: null,
      ...entry,
      since: clock.now(),
    });
    return readAlias(database, id)!;
  };
  const current = (place: Place, alias: ModelAlias) => currentAlias(database, place, alias);
  const reigningId = ({ championshipId, sport }: Place): number | null => {
    const own = current({ championshipId, sport }, 'champion')?.modelVersionId ?? null;
    if (own !== null || championshipId === null) return own;
    return reigningId({ championshipId: null, sport });
  };
  const atomically = <Value>(work: () => Value): Value => database.sqlite.transaction(work).immediate();

  const requirePlace = (place: Place, modelVersionId: number): void => {
    const { championship, family, sport } = readModelVersion(database, modelVersionId);
    if (sport !== place.sport) {
      throw new AppError(
        'USAGE',
        `Model version ${modelVersionId} (${family}) was trained for ${sport}; it cannot stand for ${place.sport}.`,
        { detail: { modelVersionId, sport } },
      );
    }
    if (championship === null) return;
    const own = championshipCodeOf(database, place.championshipId);
    if (own === championship) return;
    throw new AppError(
      'USAGE',
      `Model version ${modelVersionId} (${family}) was trained for ${championship}; it cannot stand for ${own ?? 'all championships'}.`,
      { detail: { modelVersionId, championship } },
    );
  };

  return {
    register: (given) =>
      atomically(() => {
        const { championshipId, sport, family, dataHash } = given;
        const known = findModelVersion(database, { championshipId, sport, family, dataHash });
        const id =
          known ??
          storage.insertVersion({
            championshipId,
            sport,
            family,
            dataHash,
            experimentRunId: given.experimentRunId ?? null,
            artefactId: given.artefactId ?? null,
            parameters: JSON.stringify(given.parameters),
            evaluation: JSON.stringify(given.evaluation),
            evaluatedFrom: given.period?.from ?? null,
            evaluatedUntil: given.period?.until ?? null,
            trials: given.trials ?? 0,
            seed: given.seed,
            codeVersion: program,
            createdAt: clock.now(),
          });
        for (const modelId of given.modelIds) storage.addModel(id, modelId);
        return readModelVersion(database, id);
      }),
    holder(place, alias) {
      const id = current(place, alias)?.modelVersionId;
      return id === undefined || id === null ? undefined : readModelVersion(database, id);
    },
    reigning(place) {
      const id = reigningId(place);
      return id === null ? undefined : readModelVersion(database, id);
    },
    history: (place) => aliasHistory(database, place),
    challenge: (place, modelVersionId, reason) =>
      atomically(() => {
        requirePlace(place, modelVersionId);
        const present = current(place, 'challenger');
        if (present?.modelVersionId === modelVersionId) return present;
        return add(place, { alias: 'challenger', modelVersionId, reason, previousId: present?.id ?? null });
      }),
    promote: ({ challengerId, championId, decision, ...place }) =>
      atomically(() => {
        requirePlace(place, challengerId);
        const champion = current(place, 'champion');
        if (champion?.modelVersionId === challengerId) return champion;
        const presentId = reigningId(place);
        if (presentId !== championId || (decision.reason === 'first' && presentId !== null)) {
          throw new AppError(
            'USAGE',
            `The decision was made against model version ${championId ?? 'none'}, but the champion is ${presentId ?? 'none'}.`,
            { detail: { championId: String(championId), present: String(presentId) } },
          );
        }
        const promotionId = storage.insertPromotion({
          championshipId: place.championshipId,
          sport: place.sport,
          challengerId,
          championId,
          instant: clock.now(),
          promoted: decision.promoted ? 1 : 0,
          decision: JSON.stringify(decision),
        });
        if (!decision.promoted) return undefined;
        const { reason } = decision;
        const previousId = champion?.id ?? null;
        const entry = add(place, {
          alias: 'champion',
          modelVersionId: challengerId,
          reason,
          previousId,
          promotionId,
        });
        const challenger = current(place, 'challenger');
        if (challenger?.modelVersionId === challengerId) {
          add(place, { alias: 'challenger', reason: 'promoted', previousId: challenger.id, promotionId });
        }
        return entry;
      }),
    rollback: (place, reason) =>
      atomically(() => {
        const present = current(place, 'champion');
        const previous = present?.previousId == null ? undefined : readAlias(database, present.previousId);
        const isHeld = (present?.modelVersionId ?? null) !== null;
        const hasSports =
          place.championshipId !== null && reigningId({ ...place, championshipId: null }) !== null;
        if (!previous && isHeld && hasSports) return add(place, { alias: 'champion', reason });
        if (!previous) {
          throw new AppError('NOT_FOUND', 'There is no earlier champion to go back to.', {
            detail: { championshipId: String(place.championshipId) },
          });
        }
        const { modelVersionId, previousId } = previous;
        return add(place, { alias: 'champion', modelVersionId, reason, previousId });
      }),
    takeRollbackBack: (place, reason) =>
      atomically(() => {
        const [present, before] = aliasHistory(database, place).filter(({ alias }) => alias === 'champion');
        const wentTo = before?.previousId == null ? undefined : readAlias(database, before.previousId);
        // A rollback is the one change that the gate has no part in and that repeats the entry before the last.
        const isRollback =
          present?.promotionId === null &&
          (wentTo?.modelVersionId ?? null) === present.modelVersionId &&
          (wentTo?.previousId ?? null) === present.previousId;
        if (!before || !isRollback) {
          throw new AppError('NOT_FOUND', 'There is no rollback to take back.', {
            detail: { championshipId: String(place.championshipId) },
          });
        }
        const { modelVersionId, previousId, promotionId } = before;
        return add(place, { alias: 'champion', modelVersionId, reason, previousId, promotionId });
      }),
  };
}
