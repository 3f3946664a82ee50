import type { Matrix } from '../../kernel/modeling/matrix.ts';

/** More groups would take more than 2^12 forecasts: the rest are taken together. */
const mostGroups = 12;

/**
 * Exact Shapley values (Shapley 1953) of groups of features for one row: what each group adds when its features take the
 * row's values instead of the reference's, averaged over every order in which groups may do so. All coalitions are
 * forecast at once.
 *
 * @returns three scores of the reference row, and three for each group; together they sum to the row's own
 */
export function groupShapley(input: {
  readonly names: readonly string[];
  readonly groupOf: (feature: string) => string;
  readonly own: readonly number[];
  readonly reference: readonly number[];
  /** rows x 3. */
  readonly scores: (features: Matrix) => Float64Array;
}): { base: Float64Array; contributions: Map<string, Float64Array> } {
  const { names, own, reference } = input;
  const found = [...new Set(names.map(input.groupOf))];
  const groups = found.length <= mostGroups ? found : [...found.slice(0, mostGroups - 1), 'other'];
  const place = names.map((name) => {
    const at = groups.indexOf(input.groupOf(name));
    return at < 0 ? groups.length - 1 : at;
  });
  const coalitions = 2 ** groups.length;
  const values = new Float64Array(coalitions * names.length);
  for (let mask = 0; mask < coalitions; mask++) {
    for (let j = 0; j < names.length; j++) {
      values[mask * names.length + j] = (mask >> place[j]!) & 1 ? own[j]! : reference[j]!;
    }
  }
  const scores = input.scores({ values, rows: coalitions, columns: names });
  const weights = shapleyWeights(groups.length);
  const contributions = new Map(groups.map((group) => [group, new Float64Array(3)]));
  groups.forEach((group, at) => {
    const sum = contributions.get(group)!;
    const bit = 1 << at;
    for (let mask = 0; mask < coalitions; mask++) {
      if (mask & bit) continue;
      const weight = weights[countBits(mask)]!;
      for (let k = 0; k < 3; k++) sum[k]! += weight * (scores[(mask | bit) * 3 + k]! - scores[mask * 3 + k]!);
    }
  });
  return { base: scores.slice(0, 3), contributions };
}

/** s! (g - 1 - s)! / g! for coalitions of s = 0 .. g - 1 others. */
function shapleyWeights(groups: number): Float64Array {
  const weights = new Float64Array(groups);
  weights[0] = 1 / groups;
  for (let s = 1; s < groups; s++) weights[s] = (weights[s - 1]! * s) / (groups - s);
  return weights;
}

function countBits(mask: number): number {
  let bits = 0;
  for (let rest = mask; rest > 0; rest &= rest - 1) bits++;
  return bits;
}
