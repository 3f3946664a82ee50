import type { TreeEnsemble } from './ensemble.ts';

/** A leaf and the features on its path, each once, as path-dependent TreeSHAP sees them. */
export interface LeafPath {
  readonly value: number;
  readonly features: Int32Array;
  /** Share of the training cover that goes the leaf's way at the splits of this feature. */
  readonly zeroFractions: Float64Array;
  /** A present value fulfils the feature's splits when `low <= value < high`. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Whether a missing value fulfils them. */
  readonly missing: Uint8Array;
}

interface Step {
  readonly feature: number;
  readonly zeroFraction: number;
  readonly low: number;
  readonly high: number;
  readonly missing: boolean;
}

/** All leaves of a tree, from left to right. */
export function leafPaths(ensemble: TreeEnsemble, tree: number): LeafPath[] {
  const { feature, threshold, left, right, missingLeft, cover } = ensemble;
  const start = ensemble.starts[tree]!;
  const paths: LeafPath[] = [];

  function walk(node: number, steps: readonly Step[]): void {
    const at = start + node;
    const split = feature[at]!;
    if (split < 0) {
      paths.push(pathOf(threshold[at]!, steps));
      return;
    }
    for (const isLeft of [true, false]) {
      const child = isLeft ? left[at]! : right[at]!;
      const before = steps.find((step) => step.feature === split);
      const share = cover[at]! > 0 ? cover[start + child]! / cover[at]! : 0.5;
      const here: Step = {
        feature: split,
        zeroFraction: (before?.zeroFraction ?? 1) * share,
        low: Math.max(before?.low ?? -Infinity, isLeft ? -Infinity : threshold[at]!),
        high: Math.min(before?.high ?? Infinity, isLeft ? threshold[at]! : Infinity),
        missing: (before?.missing ?? true) && (missingLeft[at] === 1) === isLeft,
      };
      walk(child, before ? steps.map((step) => (step === before ? here : step)) : [...steps, here]);
    }
  }

  walk(0, []);
  return paths;
}

function pathOf(value: number, steps: readonly Step[]): LeafPath {
  return {
    value,
    features: Int32Array.from(steps, (step) => step.feature),
    zeroFractions: Float64Array.from(steps, (step) => step.zeroFraction),
    low: Float64Array.from(steps, (step) => step.low),
    high: Float64Array.from(steps, (step) => step.high),
    missing: Uint8Array.from(steps, (step) => (step.missing ? 1 : 0)),
  };
}

/** Bit i is set where the row fulfils the splits of the path's i-th feature. */
export function fulfilled(path: LeafPath, values: Float32Array, from: number): number {
  let mask = 0;
  for (let i = 0; i < path.features.length; i++) {
    const value = values[from + path.features[i]!]!;
    const ok = value !== value ? path.missing[i] === 1 : value >= path.low[i]! && value < path.high[i]!;
    if (ok) mask |= 1 << i;
  }
  return mask;
}

/** The leaf's share of the tree's expected value. */
export function expectedValue(path: LeafPath): number {
  return path.zeroFractions.reduce((product, fraction) => product * fraction, path.value);
}
