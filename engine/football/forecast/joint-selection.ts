import type { Sport } from '../../contract/domain.ts';
import { dayText } from '../../contract/zones.ts';
import { naiveSelection, selectFamilies, type SelectionRecord } from '../../kernel/conformal/risk-control.ts';
import { createHasher } from '../../kernel/math/hash.ts';
import type { JointStream } from './joint.ts';
import { ruleYear, selectionRules, type SelectionColumns } from './selection.ts';
import { jointTypes, selectionsOf } from './types/joint-types.ts';

/** One filter of one selection year: the forecasts of a type that name one label. */
export interface SelectionFamily {
  readonly sport: Sport;
  readonly type: string;
  readonly label: string;
  /** First day on which it applies (days since 1970-01-01), and the day on which the next one takes over. */
  readonly from: number;
  readonly until: number;
  readonly target: number;
  readonly delta: number;
  readonly status: 'selected' | 'target-not-reached' | 'not-enough-history';
  /** Filters that shared delta. */
  readonly families: number;
  /** Thresholds looked at. */
  readonly tried: number;
  readonly recordFrom: string | null;
  readonly recordUntil: string | null;
  /** Past forecasts of the filter. */
  readonly recordCount: number;
  /** The honest choice; null unless selected. */
  readonly chosen: {
    readonly threshold: number;
    readonly n: number;
    readonly hits: number;
    readonly bound: number;
  } | null;
  /** What taking past hit rates at face value would have chosen; null where it would have chosen nothing. */
  readonly naive: { readonly threshold: number; readonly n: number; readonly hits: number } | null;
  readonly dataHash: string;
}

/** Which forecasts the filters selected, and what had come of them by then; rows x jointTypes. */
export interface JointSelection {
  readonly families: readonly SelectionFamily[];
  /** Position in `families`; -1 where none selected it. */
  readonly family: Int32Array;
  /** Selected by the same filter and settled since it began and before the row's day. */
  readonly sinceCount: Int32Array;
  readonly sinceHits: Int32Array;
}

const markets = jointTypes.flatMap((type, index) => (type.kind === 'market' ? [{ type, index }] : []));

/**
 * Learn-then-Test over all filters at once. Each 1 July every yes-or-no type and label is tested on its settled forecasts
 * of the two years before, all championships together; the filters of a year share delta, and those that pass whole hand
 * theirs on (Holm). What fails is kept with what it would have promised at face value.
 */
export function selectJoint(
  columns: SelectionColumns,
  stream: Pick<JointStream, 'first' | 'target'>,
  options: {
    readonly target: number;
    readonly delta: number;
    /** First row that filters are needed for, the first of a selection year; default 0. */
    readonly from?: number | undefined;
  },
): JointSelection {
  const { rows } = columns;
  const types = jointTypes.length;
  const families: SelectionFamily[] = [];
  const selection = {
    families,
    family: new Int32Array(rows * types).fill(-1),
    sinceCount: new Int32Array(rows * types),
    sinceHits: new Int32Array(rows * types),
  };
  for (let row = options.from ?? 0; row < rows;) {
    const { from, until } = ruleYear(columns.day[row]!);
    let start = row;
    while (start > 0 && columns.day[start - 1]! >= from - selectionRules.recordDays) start--;
    let past = row;
    while (past > start && columns.day[past - 1]! >= from) past--;
    const first = families.length;
    families.push(...fixFamilies(columns, stream, { ...options, start, end: past, from, until }));
    const count = new Int32Array(families.length - first);
    const hits = new Int32Array(families.length - first);
    while (row < rows && columns.day[row]! < until) {
      const day = columns.day[row]!;
      const settled: [family: number, hit: boolean][] = [];
      for (; row < rows && columns.day[row] === day; row++) {
        markets.forEach(({ index }, k) => {
          const at = row * types + index;
          const said = forecastAt(stream, at);
          if (!said) return;
          const place = 2 * k + said.label;
          const chosen = families[first + place]?.chosen;
          if (!chosen || said.top < chosen.threshold) return;
          selection.family[at] = first + place;
          selection.sinceCount[at] = count[place]!;
          selection.sinceHits[at] = hits[place]!;
          if (said.isSettled) settled.push([place, said.isRight]);
        });
      }
      for (const [place, hit] of settled) {
        count[place]!++;
        if (hit) hits[place]!++;
      }
    }
  }
  return selection;
}

function forecastAt(
  { first, target }: Pick<JointStream, 'first' | 'target'>,
  at: number,
): { label: 0 | 1; top: number; isSettled: boolean; isRight: boolean } | undefined {
  const p = first[at]!;
  if (Number.isNaN(p)) return undefined;
  const label = p >= 0.5 ? 0 : 1;
  return { label, top: Math.max(p, 1 - p), isSettled: target[at]! >= 0, isRight: target[at] === label };
}

function fixFamilies(
  columns: SelectionColumns,
  stream: Pick<JointStream, 'first' | 'target'>,
  options: {
    readonly target: number;
    readonly delta: number;
    /** Rows of the record. */
    readonly start: number;
    readonly end: number;
    readonly from: number;
    readonly until: number;
  },
): SelectionFamily[] {
  const { target, delta, start, end, from, until } = options;
  const drafts = markets.flatMap(({ type, index }) =>
    ([0, 1] as const).map((label) => {
      const confidence: number[] = [];
      const correct: number[] = [];
      const days: number[] = [];
      for (let row = start; row < end; row++) {
        const said = forecastAt(stream, row * jointTypes.length + index);
        if (!said?.isSettled || said.label !== label) continue;
        confidence.push(said.top);
        correct.push(said.isRight ? 1 : 0);
        days.push(columns.day[row]!);
      }
      return { type: type.name, label: selectionsOf(type)[label], days, record: { confidence, correct } };
    }),
  );
  const rules = {
    target,
    delta,
    minimumSelected: selectionRules.minimumSelected,
    steps: selectionRules.steps,
  };
  const found = selectFamilies(
    drafts.map(({ record }) => record),
    rules,
  );
  const families = found.filter(({ status }) => status !== 'notEnoughHistory').length;
  return drafts.map(({ type, label, days, record }, at): SelectionFamily => {
    const one = found[at]!;
    const naive = one.status === 'notEnoughHistory' ? undefined : naiveSelection(record, rules);
    return {
      ...{ sport: columns.sport, type, label, from, until, target, delta, families },
      status:
        one.status === 'selected'
          ? 'selected'
          : one.status === 'targetNotReached'
            ? 'target-not-reached'
            : 'not-enough-history',
      tried: one.status === 'notEnoughHistory' ? 0 : one.tried,
      recordFrom: days.length > 0 ? dayText(days[0]!) : null,
      recordUntil: days.length > 0 ? dayText(days.at(-1)!) : null,
      recordCount: days.length,
      chosen:
        one.status === 'selected'
          ? { threshold: one.threshold, n: one.n, hits: one.hits, bound: one.bound }
          : null,
      naive: naive ? { threshold: naive.threshold, n: naive.n, hits: naive.hits } : null,
      dataHash: hashOf(record, { sport: columns.sport, numbers: [from, families, target, delta] }),
    };
  });
}

/** Filters of two sports without a past are two filters. */
function hashOf(
  { confidence, correct }: SelectionRecord,
  { sport, numbers }: { readonly sport: Sport; readonly numbers: readonly number[] },
): string {
  const hasher = createHasher().text(sport);
  for (const value of numbers) hasher.number(value);
  for (let i = 0; i < confidence.length; i++) hasher.number(confidence[i]!).number(correct[i]!);
  return hasher.digest();
}
