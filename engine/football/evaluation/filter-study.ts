import type { EvaluationFilter, EvaluationFilterStudy } from '../../contract/evaluation-details.ts';
import { outcomeClasses } from '../../contract/domain.ts';
import { dayText } from '../../contract/zones.ts';
import { naiveSelection, selectFamilies, type Selection } from '../../kernel/conformal/risk-control.ts';
import { setSize } from '../../kernel/conformal/sets.ts';
import { argmaxRow } from '../../kernel/math/softmax.ts';
import { ruleYear, selectionRules } from '../forecast/selection.ts';
import { bases, forecastRules } from '../forecast/stream.ts';
import { contenders } from '../processing/models.ts';
import type { Judged } from './judged.ts';

/** Fewer matches in the newest selection year, and the one before it is sealed with it. */
const fewestSealed = 100;
/** Least value of the price that was known when the forecast was made. */
const edges = [0, 0.03] as const;

/** A filter, fixed here before any result: which forecasts of the most probable result it lets through. */
interface Filter extends Pick<EvaluationFilter, 'kind' | 'value'> {
  readonly passes: (row: number) => boolean;
}

/**
 * Which filters keep a promise. Every filter (all, each championship, each result, sets of one, agreement of the families,
 * a value against the price) has its threshold of the probability found by Learn-then-Test on everything before the newest
 * selection year; all filters share delta, and those that pass whole hand theirs on (Holm). That year is sealed: it chooses
 * nothing, and is opened once, for what the choice was worth in it.
 */
export function filterStudy(judged: Judged, rows: readonly number[]): EvaluationFilterStudy | null {
  const { table, target, delta } = judged;
  const ordered = rows.toSorted((a, b) => a - b);
  const sealedFrom = sealedYear(ordered.map((row) => table.day[row]!));
  if (sealedFrom === undefined) return null;
  const filters = filtersOf(judged, ordered);
  const said = filters.map(({ passes }) => ordered.filter(passes));
  const records = said.map((own) =>
    recordOf(
      judged,
      own.filter((row) => table.day[row]! < sealedFrom),
    ),
  );
  const sealed = said.map((own) =>
    recordOf(
      judged,
      own.filter((row) => table.day[row]! >= sealedFrom),
    ),
  );
  const options = {
    target,
    delta,
    minimumSelected: selectionRules.minimumSelected,
    steps: selectionRules.steps,
  };
  const found = selectFamilies(records, options);
  const results = filters.map(({ kind, value }, at): EvaluationFilter => {
    const one = found[at]!;
    const hasHistory = one.status !== 'notEnoughHistory';
    const naive = hasHistory ? naiveSelection(records[at]!, options) : undefined;
    return {
      kind,
      value,
      considered: records[at]!.confidence.length,
      status: statuses[one.status],
      tried: hasHistory ? one.tried : 0,
      chosen:
        one.status === 'selected'
          ? {
              threshold: one.threshold,
              n: one.n,
              hits: one.hits,
              bound: one.bound,
              sealed: tallyOf(sealed[at]!, one.threshold),
            }
          : null,
      naive: naive
        ? {
            threshold: naive.threshold,
            n: naive.n,
            hits: naive.hits,
            sealed: tallyOf(sealed[at]!, naive.threshold),
          }
        : null,
    };
  });
  const inSealed = ordered.filter((row) => table.day[row]! >= sealedFrom);
  return {
    target,
    delta,
    sealedFrom: dayText(sealedFrom),
    sealedUntil: dayText(table.day[inSealed.at(-1)!]!),
    before: ordered.length - inSealed.length,
    sealed: inSealed.length,
    families: results.filter(({ status }) => status !== 'not-enough-history').length,
    tried: results.reduce((sum, { tried }) => sum + tried, 0),
    filters: results,
  };
}

const statuses = {
  selected: 'selected',
  targetNotReached: 'target-not-reached',
  notEnoughHistory: 'not-enough-history',
} as const satisfies Record<Selection['status'], EvaluationFilter['status']>;

/** The first day of the newest selection year with enough matches, where something lies before it. */
function sealedYear(days: readonly number[]): number | undefined {
  if (days.length === 0) return undefined;
  let { from } = ruleYear(days.at(-1)!);
  while (from > days[0]! && days.filter((day) => day >= from).length < fewestSealed) {
    ({ from } = ruleYear(from - 1));
  }
  return from > days[0]! ? from : undefined;
}

function filtersOf(judged: Judged, rows: readonly number[]): Filter[] {
  const { table, stream, preMatch } = judged;
  const labelOf = (row: number) => argmaxRow(stream.probabilities, row * 3, 3);
  const families = contenders.flatMap((name) => judged.families[name] ?? []);
  const agree = (row: number) => families.every((p) => argmaxRow(p, row * 3, 3) === labelOf(row));
  const isOneSet = (row: number) =>
    bases[stream.basis[row]!] !== 'none' && setSize(stream.sets[row * forecastRules.levels.length]!) === 1;
  /** NaN without a price that was known by then. */
  const valueOf = (row: number) => {
    const at = row * 3 + labelOf(row);
    return stream.probabilities[at]! * preMatch.prices[at]! - 1;
  };
  const championships = [...new Set(rows.map((row) => table.championship[row]!))].sort((a, b) => a - b);
  return [
    { kind: 'everything', value: null, passes: () => true },
    ...championships.map((championship): Filter => ({
      kind: 'championship',
      value: table.championships[championship]!.code,
      passes: (row) => table.championship[row] === championship,
    })),
    ...outcomeClasses.map((value, k): Filter => ({
      kind: 'result',
      value,
      passes: (row) => labelOf(row) === k,
    })),
    { kind: 'set', value: null, passes: isOneSet },
    ...(families.length > 1 ? [{ kind: 'agreement', value: null, passes: agree } as const] : []),
    ...edges.map((edge): Filter => ({
      kind: 'value',
      value: String(edge),
      passes: (row) => valueOf(row) > edge,
    })),
  ];
}

interface PastRecord {
  readonly confidence: readonly number[];
  readonly correct: readonly number[];
}

function recordOf({ table, stream }: Judged, rows: readonly number[]): PastRecord {
  const labels = rows.map((row) => argmaxRow(stream.probabilities, row * 3, 3));
  return {
    confidence: rows.map((row, at) => stream.probabilities[row * 3 + labels[at]!]!),
    correct: rows.map((row, at) => (table.target[row] === labels[at] ? 1 : 0)),
  };
}

function tallyOf({ confidence, correct }: PastRecord, threshold: number): { n: number; hits: number } {
  const kept = correct.filter((_, at) => confidence[at]! >= threshold);
  return { n: kept.length, hits: kept.reduce((sum, one) => sum + one, 0) };
}
