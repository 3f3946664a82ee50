import { storeSelectionFamilies, type OutcomeTypeRecord } from '../../../db/storage/football/joint.ts';
import type { Sport } from '../../contract/domain.ts';
import { dayText } from '../../contract/zones.ts';
import type { Hasher } from '../../kernel/math/hash.ts';
import type { StageContext } from '../../runtime/stage.ts';
import type { JointSelection, SelectionFamily } from './joint-selection.ts';
import type { JointStream } from './joint.ts';
import { bases, forecastRules } from './stream.ts';
import { amountTypes, jointTypes, lineOf, selectionsOf } from './types/joint-types.ts';

/** What the worker says of the types beside the result. */
export interface JointBatch {
  /** 0 where there is no grid. */
  readonly goalPredictionId: Int32Array;
  readonly stream: JointStream;
  readonly selection: JointSelection;
}

/** Whether a match has a grid. */
export function hasGrid({ stream }: JointBatch, row: number): boolean {
  return !Number.isNaN(stream.homeFactor[row]!);
}

/** Adds everything that is said of a row's types to the hash of its forecast. */
export function hashTypes(batch: JointBatch, row: number, hasher: Hasher): void {
  if (!hasGrid(batch, row)) return;
  const { stream, goalPredictionId } = batch;
  const levels = forecastRules.levels.length;
  hasher.number(goalPredictionId[row]!).number(stream.homeFactor[row]!).number(stream.awayFactor[row]!);
  const types = jointTypes.length;
  for (let at = row * types; at < (row + 1) * types; at++) {
    hasher
      .number(stream.first[at]!)
      .number(stream.pValues[2 * at]!)
      .number(stream.pValues[2 * at + 1]!);
  }
  const width = amountTypes.length * levels * 2;
  hasher.bytes(stream.intervals.slice(row * width, (row + 1) * width));
}

/** The rows of a forecast's types, in order of their numbers. */
export function typeRecords(
  batch: JointBatch,
  row: number,
  given: { readonly sport: Sport; readonly familyIds: readonly number[] },
): OutcomeTypeRecord[] {
  const { stream, selection } = batch;
  const { sport, familyIds } = given;
  const levels = forecastRules.levels.length;
  const records = jointTypes.map((type, index): OutcomeTypeRecord => {
    const at = row * jointTypes.length + index;
    const p = stream.first[at]!;
    const isFirst = p >= 0.5;
    const basis = bases[stream.basis[at]!]!;
    const isMarket = type.kind === 'market' && basis !== 'none';
    const amount = amountTypes.findIndex((one) => one.index === index);
    const amountAt = row * amountTypes.length + amount;
    const family = selection.family[at]!;
    return {
      typeCode: type.originCode!,
      forecastType: type.name,
      line: lineOf(type, sport) ?? null,
      label: selectionsOf(type)[isFirst ? 0 : 1],
      probability: isFirst ? p : 1 - p,
      pValues: isMarket ? [stream.pValues[2 * at]!, stream.pValues[2 * at + 1]!] : null,
      confidence: isMarket ? stream.confidence[at]! : null,
      credibility: isMarket ? stream.credibility[at]! : null,
      windowScope: basis === 'own' ? 'championship' : basis,
      windowCount: stream.windowCount[at]!,
      sets: isMarket ? [stream.sets[at * levels]!, stream.sets[at * levels + 1]!] : null,
      expected: amount < 0 ? null : stream.expected[amountAt]!,
      intervals:
        amount < 0 || basis === 'none'
          ? null
          : (([0, 1, 2, 3] as const).map((end) => stream.intervals[amountAt * levels * 2 + end]!) as [
              number,
              number,
              number,
              number,
            ]),
      selected:
        family < 0
          ? null
          : {
              familyId: familyIds[family]!,
              sinceCount: selection.sinceCount[at]!,
              sinceHits: selection.sinceHits[at]!,
            },
    };
  });
  return records.sort((a, b) => a.typeCode - b.typeCode);
}

/** Stores all filters that were tried, those that failed too; answers their ids. */
export function storeFamilies(context: StageContext, families: readonly SelectionFamily[]): number[] {
  const records = families.map((family) => ({
    ...family,
    forecastType: family.type,
    appliesFrom: dayText(family.from),
    appliesUntil: dayText(family.until),
  }));
  return context.database.sqlite.transaction(() =>
    storeSelectionFamilies(context.database, records, context.instant),
  )();
}

/** Says how many filters of the newest year were tried and dropped, and what they would have promised at face value. */
export function logAccount(context: StageContext, families: readonly SelectionFamily[]): void {
  const from = families.at(-1)?.from;
  const latest = families.filter((family) => family.from === from && family.status !== 'not-enough-history');
  if (from === undefined || latest.length === 0) return;
  const selected = latest.filter(({ status }) => status === 'selected').length;
  const naive = latest.flatMap((family) => family.naive ?? []);
  const count = naive.reduce((sum, { n }) => sum + n, 0);
  const hits = naive.reduce((sum, one) => sum + one.hits, 0);
  context.log(
    'info',
    `from ${dayText(from)}: ${latest.length} filters of forecast types tested, ${selected} selected, ` +
      `${latest.length - selected} dropped; at face value ${naive.length} would have been taken`,
    {
      detail: {
        filters: latest.length,
        thresholds: latest.reduce((sum, { tried }) => sum + tried, 0),
        selected,
        dropped: latest.length - selected,
        faceValue: naive.length,
        faceValueRate: count === 0 ? 0 : hits / count,
      },
    },
  );
}
