import { promotionsOf } from '../../../db/queries/model-registry.ts';
import type { ModelTable, PriceColumns } from '../../../db/queries/football/processing.ts';
import type { JsonValue } from '../../contract/domain.ts';
import type { PromotionDecision } from '../../contract/models.ts';
import { dayNumber } from '../../contract/zones.ts';
import { createHasher } from '../../kernel/math/hash.ts';
import { runTask } from '../../runtime/run-task.ts';
import { createModelRegistry } from '../../runtime/tracking/model-registry.ts';
import type { Place } from '../../runtime/tracking/model-registry.ts';
import { createTracker } from '../../runtime/tracking/tracker.ts';
import type { StageContext } from '../../runtime/stage.ts';
import { chosenStudies } from '../tuning/chosen.ts';
import type { Contender, FittedModel } from './models.ts';
import type { FamilyProbabilities } from './pool.ts';

/** What is registered of one family. */
export interface RegisteredFamily {
  readonly family: Contender;
  /** Rows of table `model`. */
  readonly modelIds: readonly number[];
  readonly models: readonly FittedModel[];
}

/** One family's figures on the period that decided, and what the gate says of it against who is champion now. */
export interface FamilyStanding {
  readonly family: Contender;
  readonly logLoss: number;
  readonly matches: number;
  readonly from: string;
  readonly until: string;
  /** The day of the review (days since 1970-01-01). */
  readonly reviewedOn: number;
  readonly decision: PromotionDecision;
}

const dayMs = 86_400_000;

/** The place that the families of a sport hold, which are trained on all its championships together. */
export function placeOf({ sport }: Pick<ModelTable, 'sport'>): Place {
  return { championshipId: null, sport };
}

/**
 * Registers what was trained: a version a family, tracked with its figures, and the champion of the last review in its
 * place. The gate that decided walk-forward decides here too, so that the registry says who really forecasts; an analyst's
 * promotion or rollback stays until the next review.
 */
export async function registerFamilies(
  context: StageContext,
  trained: {
    readonly table: ModelTable;
    readonly closing: PriceColumns;
    readonly families: FamilyProbabilities;
    readonly registered: readonly RegisteredFamily[];
  },
): Promise<{ champion: string | null; promoted: boolean }> {
  const { table, closing, families, registered } = trained;
  const clock = { now: () => context.instant };
  const registry = createModelRegistry(context.database, clock);
  const place = placeOf(table);
  const champion = registry.holder(place, 'champion');
  const standings = await runTask<FamilyStanding[]>(context, {
    worker: new URL('../../workers/processing.ts', import.meta.url),
    handler: 'judgeFamilies',
    task: {
      table,
      families,
      closing,
      today: dayNumber(context.today),
      champion: champion?.family as Contender | undefined,
    },
  });
  const tracker = createTracker(context.database, clock);
  const { trials } = chosenStudies(context.database);
  const versions = new Map(
    registered.flatMap(({ family, modelIds, models }) => {
      const standing = standings.find((one) => one.family === family);
      if (!standing) return [];
      const hasher = createHasher();
      for (const { dataHash } of models) hasher.text(dataHash);
      const dataHash = hasher.digest();
      const newest = models.at(-1)!;
      const parameters = newest.parameters as Record<string, JsonValue>;
      const { logLoss, matches, from, until } = standing;
      using run = tracker.startRun({
        experiment: 'processing',
        name: `${family} until ${until}`,
        runId: context.runId,
        family,
        parameters,
        dataHash,
        seed: newest.seed,
      });
      run.logMetrics([
        { name: 'logLoss', step: 0, value: logLoss },
        { name: 'matches', step: 0, value: matches },
      ]);
      run.end('done');
      const version = registry.register({
        ...place,
        family,
        dataHash,
        parameters,
        evaluation: { logLoss, matches },
        period: { from, until },
        seed: newest.seed,
        modelIds,
        trials: trials.get(family),
        experimentRunId: run.id,
      });
      return [[family, version] as const];
    }),
  );
  const next = standings[0];
  const version = next && versions.get(next.family);
  const stays = { champion: champion?.family ?? null, promoted: false };
  if (!version || version.id === champion?.id) return stays;
  const since = registry.history(place).find(({ alias }) => alias === 'champion')?.since;
  if (
    champion &&
    champion.family !== next.family &&
    since !== undefined &&
    since >= next.reviewedOn * dayMs
  ) {
    context.log(
      'info',
      `${champion.family} was made champion since the last review and stays until the next`,
    );
    return stays;
  }
  // Every day's forecasts ask again: a refusal on the same figures is kept once.
  const [said] = promotionsOf(context.database, version.id);
  const isSaid =
    said !== undefined &&
    !said.decision.promoted &&
    said.championId === champion?.id &&
    JSON.stringify(said.decision) === JSON.stringify(next.decision);
  if (isSaid) return stays;
  const entry = registry.promote({
    ...place,
    challengerId: version.id,
    championId: champion?.id ?? null,
    decision: next.decision,
  });
  return { champion: entry ? next.family : (champion?.family ?? null), promoted: entry !== undefined };
}
