import type { Day } from '../../contract/domain.ts';
import type { SettledForecast } from '../../../db/queries/football/publisher.ts';
import { classIndices, classOf, holds, resultOf } from './labels.ts';
import type { ClassIndex } from './labels.ts';

/** What the forecasts of one label came to. */
export interface LabelTally {
  readonly count: number;
  readonly hits: number;
  /** Sum of the probabilities given: the hits to be expected. */
  readonly expected: number;
}

/** How often the sets held what happened, by what happened. */
export interface SetTally {
  readonly count: number;
  readonly held: number;
}

/** The settled forecasts of one championship and one origin, up to a day. */
export interface Tally {
  /** By label: home, draw, away. */
  readonly labels: readonly LabelTally[];
  /** Hits of the newest ten, oldest first. */
  readonly lastTen: readonly boolean[];
  readonly seasons: Readonly<Record<string, { readonly count: number; readonly hits: number }>>;
  /** By the class that happened. */
  readonly sets80: readonly SetTally[];
  readonly sets90: readonly SetTally[];
}

/** What a championship's past says on the morning of a day. Forecasts made before kick-off and replays stay apart. */
export interface ChampionshipRecord {
  /** Finished matches by result: home, draw, away. */
  readonly results: readonly number[];
  readonly live: Tally;
  readonly replay: Tally;
}

const emptyTally: Tally = {
  labels: classIndices.map(() => ({ count: 0, hits: 0, expected: 0 })),
  lastTen: [],
  seasons: {},
  sets80: classIndices.map(() => ({ count: 0, held: 0 })),
  sets90: classIndices.map(() => ({ count: 0, held: 0 })),
};

export const emptyRecord: ChampionshipRecord = { results: [0, 0, 0], live: emptyTally, replay: emptyTally };

/**
 * Walks through settled forecasts, which are added in the order of their days. `before(day)` may only be asked with
 * growing days and answers from matches of strictly earlier days, so that a document never knows a result of its own
 * day.
 */
export interface RunningRecord {
  add(settled: readonly SettledForecast[]): void;
  before(day: Day): ReadonlyMap<number, ChampionshipRecord>;
}

export function createRunningRecord(): RunningRecord {
  const records = new Map<number, ChampionshipRecord>();
  let waiting: readonly SettledForecast[] = [];
  return {
    add(settled) {
      waiting = waiting.length === 0 ? settled : [...waiting, ...settled];
    },
    before(day) {
      const end = waiting.findIndex((row) => row.day >= day);
      const due = end === -1 ? waiting : waiting.slice(0, end);
      waiting = end === -1 ? [] : waiting.slice(end);
      for (const row of due)
        records.set(row.championshipId, extend(records.get(row.championshipId) ?? emptyRecord, row));
      return new Map(records);
    },
  };
}

/** Records are values: a day's snapshot shares what did not change since. */
function extend(record: ChampionshipRecord, row: SettledForecast): ChampionshipRecord {
  const result = resultOf(row.homeGoals, row.awayGoals);
  const results = replaceAt(record.results, result, (count) => count + 1);
  if (row.origin === null || row.label === null || row.probability === null) return { ...record, results };
  return { ...record, results, [row.origin]: extendTally(record[row.origin], row, result) };
}

function extendTally(tally: Tally, row: SettledForecast, result: ClassIndex): Tally {
  const label = classOf(row.label ?? '');
  const hit = label === result ? 1 : 0;
  const probability = row.probability ?? 0;
  const season = tally.seasons[row.seasonCode] ?? { count: 0, hits: 0 };
  return {
    labels: replaceAt(tally.labels, label, ({ count, hits, expected }) => ({
      count: count + 1,
      hits: hits + hit,
      expected: expected + probability,
    })),
    lastTen: [...tally.lastTen.slice(-9), hit === 1],
    seasons: {
      ...tally.seasons,
      [row.seasonCode]: { count: season.count + 1, hits: season.hits + hit },
    },
    sets80: extendSets(tally.sets80, row.set80, result),
    sets90: extendSets(tally.sets90, row.set90, result),
  };
}

function extendSets(sets: readonly SetTally[], set: number | null, result: ClassIndex): readonly SetTally[] {
  if (set === null) return sets;
  return replaceAt(sets, result, ({ count, held }) => ({
    count: count + 1,
    held: held + (holds(set, result) ? 1 : 0),
  }));
}

function replaceAt<Value>(
  values: readonly Value[],
  index: number,
  change: (value: Value) => Value,
): readonly Value[] {
  return values.map((value, place) => (place === index ? change(value) : value));
}
