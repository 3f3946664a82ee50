import type { Random } from '../../math/random.ts';

type Node =
  | { readonly mean: number }
  | { readonly column: number; readonly threshold: number; readonly below: Node; readonly above: Node };

export interface SurrogateForest {
  /** Mean squared error of the given rows, each forecast by the trees that did not see the row of that number. */
  outOfBagError(rows: readonly Float64Array[]): number;
}

/** A small regression forest (Breiman 2001) for a few hundred trials: bootstrap samples, all columns, leaves of 2 rows or more. */
export function growForest(
  rows: readonly Float64Array[],
  target: Float64Array,
  { trees, random }: { readonly trees: number; readonly random: Random },
): SurrogateForest {
  const grown = Array.from({ length: trees }, (_, tree) => {
    const stream = random.split(tree);
    const sample = Array.from(rows, () => stream.integer(rows.length));
    const seen = new Set(sample);
    return { seen, root: growNode(rows, target, sample) };
  });
  return {
    outOfBagError(asked) {
      let error = 0;
      let counted = 0;
      asked.forEach((row, i) => {
        let sum = 0;
        let voters = 0;
        for (const { seen, root } of grown) {
          if (seen.has(i)) continue;
          sum += valueOf(root, row);
          voters++;
        }
        if (voters === 0) return;
        error += (sum / voters - target[i]!) ** 2;
        counted++;
      });
      return error / Math.max(1, counted);
    },
  };
}

function valueOf(node: Node, row: Float64Array): number {
  let at = node;
  while ('column' in at) at = row[at.column]! < at.threshold ? at.below : at.above;
  return at.mean;
}

const smallestLeaf = 2;

function growNode(rows: readonly Float64Array[], target: Float64Array, sample: readonly number[]): Node {
  const sum = sample.reduce((total, i) => total + target[i]!, 0);
  const mean = sum / sample.length;
  let best = { gain: 1e-12, column: -1, threshold: 0 };
  const columns = sample.length >= 2 * smallestLeaf ? rows[0]!.length : 0;
  for (let column = 0; column < columns; column++) {
    const order = [...sample].sort((a, b) => rows[a]![column]! - rows[b]![column]!);
    let left = 0;
    for (let count = 1; count < order.length; count++) {
      left += target[order[count - 1]!]!;
      const before = rows[order[count - 1]!]![column]!;
      const after = rows[order[count]!]![column]!;
      if (before === after || count < smallestLeaf || order.length - count < smallestLeaf) continue;
      const gain = left ** 2 / count + (sum - left) ** 2 / (order.length - count) - sum ** 2 / order.length;
      if (gain > best.gain) best = { gain, column, threshold: (before + after) / 2 };
    }
  }
  if (best.column < 0) return { mean };
  const below = sample.filter((i) => rows[i]![best.column]! < best.threshold);
  const above = sample.filter((i) => rows[i]![best.column]! >= best.threshold);
  return {
    column: best.column,
    threshold: best.threshold,
    below: growNode(rows, target, below),
    above: growNode(rows, target, above),
  };
}
