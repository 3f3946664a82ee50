import { throwIfCancelled } from '../define-estimator.ts';
import type { FitInput } from '../define-estimator.ts';
import { fitMember, selectSet } from './members.ts';
import type { MemberFactory } from './members.ts';

/** What members said of rows that none of them had learnt from. */
export interface OutOfFold {
  /** Class index of each row, in order of time. */
  readonly outcomes: Float64Array;
  readonly weights: Float64Array;
  /** Rows x classes of each member. */
  readonly members: readonly Float64Array[];
}

/** Share of the rows before a block, the newest, that serves as validation part where the fit has one. */
const validationShare = 0.15;

/**
 * Forecasts in time order: the rows are cut into `folds` + 1 blocks of equal weight, and each block but the first is
 * forecast by members that were fitted to the blocks before it. Rows of one instant share a block, so nothing is learnt
 * from what happens at the same time; a single instant leaves no row to forecast.
 */
export async function forecastOutOfFold(
  factory: MemberFactory,
  input: FitInput,
  folds: number,
): Promise<OutOfFold> {
  const { classes, seed, signal, team } = input;
  const order = input.order ?? Float64Array.from(input.target, (_, row) => row);
  const used = [...input.target.keys()].filter((row) => input.weights[row]! > 0);
  const rows = used.sort((a, b) => order[a]! - order[b]! || a - b);
  const before = shareBefore(rows, order, input.weights);
  const blockOf = (at: number): number => Math.floor(before[at]! * (folds + 1));

  const forecast: number[] = [];
  const members: number[][] = Array.from({ length: factory.count }, () => []);
  for (let block = 1; block <= folds; block++) {
    const start = before.findIndex((_, at) => blockOf(at) >= block);
    const test = rows.filter((_, at) => blockOf(at) === block);
    if (test.length === 0) continue;
    const earlier = rows.slice(0, start);
    const parts = input.validation
      ? splitNewest(earlier, order, input.weights)
      : { older: earlier, newest: [] };
    const train = selectSet(input, parts.older);
    const validation = parts.newest.length > 0 ? selectSet(input, parts.newest) : undefined;
    const coming = selectSet(input, test);
    for (let m = 0; m < factory.count; m++) {
      throwIfCancelled(signal);
      const member = await fitMember(factory.create(m, { classes: classes.length, seed }), train, {
        order: Float64Array.from(parts.older, (row) => order[row]!),
        validation,
        signal,
        team,
      });
      members[m]!.push(...member.predictProbability(coming.features, coming.initialScores));
    }
    forecast.push(...test);
  }
  return {
    outcomes: Float64Array.from(forecast, (row) => input.target[row]!),
    weights: Float64Array.from(forecast, (row) => input.weights[row]!),
    members: members.map((values) => Float64Array.from(values)),
  };
}

/** Share of all weight that lies before each row's instant. */
function shareBefore(rows: readonly number[], order: Float64Array, weights: Float64Array): Float64Array {
  const total = rows.reduce((sum, row) => sum + weights[row]!, 0);
  const before = new Float64Array(rows.length);
  let passed = 0;
  for (let start = 0; start < rows.length;) {
    let end = start;
    let weight = 0;
    while (end < rows.length && order[rows[end]!] === order[rows[start]!]) weight += weights[rows[end++]!]!;
    before.fill(passed / total, start, end);
    passed += weight;
    start = end;
  }
  return before;
}

function splitNewest(
  rows: readonly number[],
  order: Float64Array,
  weights: Float64Array,
): { older: readonly number[]; newest: readonly number[] } {
  const before = shareBefore(rows, order, weights);
  const isOlder = (_: number, at: number) => before[at]! < 1 - validationShare;
  const older = rows.filter(isOlder);
  return { older, newest: rows.slice(older.length) };
}
