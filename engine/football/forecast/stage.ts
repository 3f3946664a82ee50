import { matchesForecastLive } from '../../../db/queries/football/forecast.ts';
import type { ModelTable, PriceColumns } from '../../../db/queries/football/processing.ts';
import {
  storeOutcome,
  storeSelected,
  storeSelectionRule,
  type OutcomeRecord,
} from '../../../db/storage/football/forecast.ts';
import { findWithoutTypes, storeOutcomeTypes } from '../../../db/storage/football/joint.ts';
import { outcomeClasses } from '../../contract/domain.ts';
import { AppError } from '../../contract/errors.ts';
import type { ForecastParameters } from '../../contract/stages.ts';
import { release } from '../../contract/work.ts';
import { dayNumber, dayText } from '../../contract/zones.ts';
import { createHasher } from '../../kernel/math/hash.ts';
import { argmaxRow } from '../../kernel/math/softmax.ts';
import { openSettings } from '../../runtime/settings.ts';
import type { StageContext } from '../../runtime/stage.ts';
import { createModelRegistry } from '../../runtime/tracking/model-registry.ts';
import type { Place } from '../../runtime/tracking/model-registry.ts';
import type { ChampionReview } from '../processing/champion.ts';
import { placeOf } from '../processing/registration.ts';
import { bySport, isBeforeKickOff, loadModelRows, wantedChampionships } from '../model-table.ts';
import type { SportPart } from '../model-table.ts';
import { runTask } from '../../runtime/run-task.ts';
import {
  hashTypes,
  hasGrid,
  logAccount,
  storeFamilies,
  typeRecords,
  type JointBatch,
} from './joint-records.ts';
import { goalFeatures } from './goal-regression.ts';
import type { Selection } from './selection.ts';
import { bases, forecastRules, type ForecastStream } from './stream.ts';

/** What `forecast` answers. */
export type ForecastResult = {
  /** Family that forecasts now, of the first sport. */
  readonly champion: string | null;
  readonly regular: { readonly new: number; readonly held: number };
  readonly quality: number;
  /** New rows of the other types, and how many of them were selected. */
  readonly types: { readonly new: number; readonly quality: number };
  readonly missing: number;
  readonly notEnoughHistory: number;
};

interface Batch {
  readonly reviews: readonly ChampionReview[];
  readonly predictionId: Int32Array;
  readonly modelId: Int32Array;
  readonly stream: ForecastStream;
  readonly selection: Selection;
  readonly joint: JointBatch;
  readonly prices: PriceColumns;
}

/**
 * Turns raw probabilities into published forecasts: calibrated, with conformal sets, and the selected ones marked. With
 * the scope `today` those of today's and of coming matches; else of every match held, where what was not said before
 * kick-off is a replay. A match that was forecast live is never replayed.
 */
export async function forecast(
  context: StageContext,
  parameters: ForecastParameters,
): Promise<ForecastResult> {
  const results: ForecastResult[] = [];
  for (const part of bySport(context.database, parameters.championships)) {
    results.push(await forecastSport(context, parameters, part));
  }
  return results.reduce(together);
}

function together(a: ForecastResult, b: ForecastResult): ForecastResult {
  return {
    champion: a.champion,
    regular: { new: a.regular.new + b.regular.new, held: a.regular.held + b.regular.held },
    quality: a.quality + b.quality,
    types: { new: a.types.new + b.types.new, quality: a.types.quality + b.types.quality },
    missing: a.missing + b.missing,
    notEnoughHistory: a.notEnoughHistory + b.notEnoughHistory,
  };
}

async function forecastSport(
  context: StageContext,
  { scope }: ForecastParameters,
  { sport, championships }: SportPart,
): Promise<ForecastResult> {
  const table = await loadModelRows(context, sport, goalFeatures);
  const wanted = new Set(wantedChampionships(table, championships));
  const settings = openSettings(context.database, { now: () => context.instant });
  const today = dayNumber(context.today);
  const spoken = matchesForecastLive(context.database);
  const isWanted = (row: number) => {
    const day = table.day[row]!;
    const scheduled = table.scheduled[row] === 1;
    if (!wanted.has(table.championship[row]!)) return false;
    if (!scheduled && spoken.has(table.matchId[row]!)) return false;
    return scope === 'today' ? day === today || (scheduled && day > today) : day <= today || scheduled;
  };
  context.progress({ phase: 'forecasting', done: 0, total: 0 });
  const batch = await runTask<Batch>(context, {
    worker: new URL('../../workers/forecast.ts', import.meta.url),
    handler: 'forecastAll',
    task: {
      database: context.database.path,
      table,
      today,
      asOf: asOfInstants(table, context.instant),
      wanted: Uint8Array.from({ length: table.rows }, (_, row) => Number(isWanted(row))),
      target: settings.get('selection.target'),
      delta: settings.get('selection.delta'),
      ...championHolders(context, table),
    },
  });
  logReviews(context, batch.reviews);
  logAccount(context, batch.joint.selection.families);
  const familyIds = storeFamilies(context, batch.joint.selection.families);
  const total = {
    champion: batch.reviews.at(-1)?.champion ?? null,
    regular: { new: 0, held: 0 },
    quality: 0,
    types: { new: 0, quality: 0 },
    missing: 0,
    notEnoughHistory: 0,
  };
  const groups = groupRows(table, isWanted);
  let done = 0;
  for (const [key, rows] of groups) {
    if (context.signal.aborted) throw new AppError('CANCELLED', 'forecasting was cancelled');
    const started = performance.now();
    if (!context.isDone(key)) {
      context.commitItem(key, performance.now() - started, () =>
        storeGroup(context, { table, batch, rows, total, familyIds }),
      );
    }
    context.progress({ phase: 'forecasting', done: ++done, total: groups.size });
    if (done % 8 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  logMissing(context, { table, batch, groups, total });
  release(batch);
  return total;
}

/** Families of the registry's champions: over all championships of the sport, and of those with one of their own. */
function championHolders(
  context: StageContext,
  table: ModelTable,
): { holder: string | undefined; own: ReadonlyMap<number, string> } {
  const registry = createModelRegistry(context.database, { now: () => context.instant });
  const familyIn = (place: Place) => registry.holder(place, 'champion')?.family;
  const place = placeOf(table);
  const own = table.championships.flatMap(({ id }, index) => {
    const family = familyIn({ ...place, championshipId: id });
    return family === undefined ? [] : [[index, family] as const];
  });
  return { holder: familyIn(place), own: new Map(own) };
}

function storeGroup(
  context: StageContext,
  options: {
    readonly table: ModelTable;
    readonly batch: Batch;
    readonly rows: readonly number[];
    readonly total: {
      regular: { new: number; held: number };
      quality: number;
      types: { new: number; quality: number };
      notEnoughHistory: number;
    };
    readonly familyIds: readonly number[];
  },
): { new: number; held: number; quality: number } {
  const { table, batch, rows, total } = options;
  const { selection } = batch;
  const counts = { new: 0, held: 0, quality: 0 };
  for (const row of rows) {
    if (batch.predictionId[row] === 0) continue;
    const record = outcomeRecord(context, { table, batch, row });
    if (record.windowScope === 'none') total.notEnoughHistory++;
    const outcomeId = storeOutcome(context.database, record);
    // What was stored without its types gets them: the same hash says the same of them.
    const bareId = hasGrid(batch.joint, row)
      ? (outcomeId ?? findWithoutTypes(context.database, record))
      : undefined;
    if (bareId !== undefined) {
      const types = typeRecords(batch.joint, row, { sport: table.sport, familyIds: options.familyIds });
      storeOutcomeTypes(context.database, bareId, types);
      total.types.new += types.length;
      total.types.quality += types.filter(({ selected }) => selected).length;
    }
    if (outcomeId === undefined) {
      counts.held++;
      continue;
    }
    counts.new++;
    const rule = selection.rules[selection.rule[row]!];
    if (!rule) continue;
    const ruleId = storeSelectionRule(
      context.database,
      { ...rule, recordCount: rule.n, recordHits: rule.hits },
      context.instant,
    );
    storeSelected(context.database, {
      outcomeId,
      ruleId,
      madeAt: context.instant,
      sinceCount: selection.sinceCount[row]!,
      sinceHits: selection.sinceHits[row]!,
    });
    counts.quality++;
  }
  total.regular.new += counts.new;
  total.regular.held += counts.held;
  total.quality += counts.quality;
  return counts;
}

function outcomeRecord(
  context: StageContext,
  options: { readonly table: ModelTable; readonly batch: Batch; readonly row: number },
): OutcomeRecord {
  const { table, batch, row } = options;
  const { stream, prices, predictionId, modelId } = batch;
  const live = isBeforeKickOff(table, row, context.instant);
  const three = (values: Float64Array) =>
    [values[row * 3]!, values[row * 3 + 1]!, values[row * 3 + 2]!] as const;
  const probabilities = three(stream.probabilities);
  const label = argmaxRow(probabilities, 0, 3);
  const basis = bases[stream.basis[row]!]!;
  const enough = basis !== 'none';
  const levels = forecastRules.levels.length;
  const pValues = enough ? three(stream.pValues) : null;
  const price = prices.bookmaker[row]! > 0;
  const content = createHasher().number(predictionId[row]!).number(stream.temperature[row]!);
  for (const value of [...probabilities, ...(pValues ?? [])]) content.number(value);
  hashTypes(batch.joint, row, content);
  return {
    matchId: table.matchId[row]!,
    predictionId: predictionId[row]!,
    modelId: modelId[row]!,
    asOf: live ? context.instant : table.asOf[row]!,
    madeAt: context.instant,
    origin: live ? 'live' : 'replay',
    dataHash: content.digest(),
    probabilities,
    label: outcomeClasses[label]!,
    probability: probabilities[label]!,
    temperature: stream.temperature[row]!,
    calibrationCount: stream.calibrationCount[row]!,
    pValues,
    confidence: enough ? stream.confidence[row]! : null,
    credibility: enough ? stream.credibility[row]! : null,
    windowScope: basis === 'own' ? 'championship' : basis,
    windowCount: stream.windowCount[row]!,
    set80: enough ? stream.sets[row * levels]! : null,
    set90: enough ? stream.sets[row * levels + 1]! : null,
    price: price
      ? { bookmakerId: prices.bookmaker[row]!, instant: prices.instant[row]!, prices: three(prices.prices) }
      : null,
    grid: hasGrid(batch.joint, row)
      ? {
          goalPredictionId: batch.joint.goalPredictionId[row]!,
          homeFactor: batch.joint.stream.homeFactor[row]!,
          awayFactor: batch.joint.stream.awayFactor[row]!,
          levelCount: batch.joint.stream.goalLevelCount[row]!,
        }
      : null,
  };
}

/** Up to when each row may look: a live forecast up to now, a replay up to the start of its match day. */
function asOfInstants(table: ModelTable, instant: number): Float64Array {
  return Float64Array.from({ length: table.rows }, (_, row) =>
    isBeforeKickOff(table, row, instant) ? instant : table.asOf[row]!,
  );
}

/** Rows by championship and season: small enough to be written in one go. */
function groupRows(table: ModelTable, isWanted: (row: number) => boolean): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (let row = 0; row < table.rows; row++) {
    if (!isWanted(row)) continue;
    const key = `${table.championships[table.championship[row]!]!.code}/${table.seasonCodes[table.season[row]!]!}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** Says who took over when, and on what evidence. */
function logReviews(context: StageContext, reviews: readonly ChampionReview[]): void {
  reviews.forEach(({ from, champion, decisions }, at) => {
    const before = reviews[at - 1]?.champion;
    if (before === undefined || before === champion) return;
    const decision = decisions.find(({ challenger }) => challenger === champion)?.decision;
    context.log('info', `from ${dayText(from)} ${champion} forecasts instead of ${before}`, {
      detail: {
        champion,
        before,
        matches: decision?.matches ?? 0,
        difference: decision?.difference?.value ?? 0,
        high: decision?.difference?.high ?? 0,
      },
    });
  });
}

/** A match that is to be played and has no prediction is an error in the log; it is never skipped silently. */
function logMissing(
  context: StageContext,
  options: {
    readonly table: ModelTable;
    readonly batch: Batch;
    readonly groups: ReadonlyMap<string, readonly number[]>;
    readonly total: { missing: number };
  },
): void {
  const { table, batch, groups, total } = options;
  for (const [key, rows] of groups) {
    const missing = rows.filter((row) => batch.predictionId[row] === 0 && table.scheduled[row] === 1);
    total.missing += missing.length;
    for (const row of missing) {
      context.log(
        'error',
        `${key}: match ${table.matchId[row]} of ${dayText(table.day[row]!)} has no prediction of the champion`,
        {
          code: 'PREDICTIONS_MISSING',
          detail: { matchId: table.matchId[row]! },
        },
      );
    }
  }
}
