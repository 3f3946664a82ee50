import type { Day } from '../../contract/domain.ts';
import type { SettledType } from '../../../db/queries/football/publisher-types.ts';
import type { LabelTally, SetTally } from './record.ts';
import { verdictOf } from './types.ts';

/** What the forecasts of one type and origin came to in a championship, up to a day. */
export interface TypeTally extends LabelTally {
  readonly lastTen: readonly boolean[];
  readonly seasons: Readonly<Record<string, { readonly count: number; readonly hits: number }>>;
  readonly sets80: SetTally;
  readonly sets90: SetTally;
}

/** By the number of the type; forecasts made before kick-off and replays stay apart. */
export interface TypeRecord {
  readonly live: ReadonlyMap<number, TypeTally>;
  readonly replay: ReadonlyMap<number, TypeTally>;
}

const emptyRecord: TypeRecord = { live: new Map(), replay: new Map() };
const emptyTally: TypeTally = {
  count: 0,
  hits: 0,
  expected: 0,
  lastTen: [],
  seasons: {},
  sets80: { count: 0, held: 0 },
  sets90: { count: 0, held: 0 },
};

/** As `createRunningRecord`, by type: `before` is asked with growing days and answers from strictly earlier ones. */
export interface RunningTypeRecord {
  add(settled: readonly SettledType[]): void;
  before(day: Day): ReadonlyMap<number, TypeRecord>;
}

export function createTypeRecord(): RunningTypeRecord {
  const records = new Map<number, TypeRecord>();
  let waiting: readonly SettledType[] = [];
  return {
    add(settled) {
      waiting = waiting.length === 0 ? settled : [...waiting, ...settled];
    },
    before(day) {
      const end = waiting.findIndex((row) => row.day >= day);
      const due = end === -1 ? waiting : waiting.slice(0, end);
      waiting = end === -1 ? [] : waiting.slice(end);
      for (const [championship, rows] of Map.groupBy(due, (row) => row.championshipId)) {
        records.set(championship, extend(records.get(championship) ?? emptyRecord, rows));
      }
      return new Map(records);
    },
  };
}

/** Records are values: a day's snapshot shares what did not change since. */
function extend(record: TypeRecord, rows: readonly SettledType[]): TypeRecord {
  const next = { live: new Map(record.live), replay: new Map(record.replay) };
  for (const row of rows) {
    const tallies = next[row.origin];
    tallies.set(row.typeCode, extendTally(tallies.get(row.typeCode) ?? emptyTally, row));
  }
  return next;
}

function extendTally(tally: TypeTally, row: SettledType): TypeTally {
  const { isHit, held80, held90 } = verdictOf(row, [row.homeGoals, row.awayGoals]);
  const hit = isHit ? 1 : 0;
  const season = tally.seasons[row.seasonCode] ?? { count: 0, hits: 0 };
  return {
    count: tally.count + 1,
    hits: tally.hits + hit,
    expected: tally.expected + row.probability,
    lastTen: [...tally.lastTen.slice(-9), isHit],
    seasons: { ...tally.seasons, [row.seasonCode]: { count: season.count + 1, hits: season.hits + hit } },
    sets80: extendSet(tally.sets80, held80),
    sets90: extendSet(tally.sets90, held90),
  };
}

const extendSet = (tally: SetTally, held: boolean | null): SetTally =>
  held === null ? tally : { count: tally.count + 1, held: tally.held + (held ? 1 : 0) };
