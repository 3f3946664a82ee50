import type { GeneralScan, TreeLayout } from './layout.ts';
import { featureEntryBytes } from './wasm/feature-table.ts';
import { noMissingSeen } from './wasm/scan-kernel.ts';

export interface GeneralNode {
  readonly slot: number;
  readonly mask: number;
  /** Quantised sums of the node. */
  readonly gradient: number;
  readonly hessian: number;
  readonly minimum: number;
  readonly gradientScale: number;
  readonly hessianScale: number;
  /** Bounds that monotone constraints above put on the leaf weights below. */
  readonly low: number;
  readonly high: number;
  readonly settings: GeneralScan;
  readonly firstFeature: number;
  readonly lastFeature: number;
  readonly result: number;
}

/** Leaf weight of a gradient and a Hessian sum: XGBoost's `CalcWeight`, kept within bounds. */
export function leafWeight(
  gradient: number,
  hessian: number,
  settings: Pick<GeneralScan, 'lambda' | 'alpha' | 'maxDeltaStep'> & {
    readonly low?: number;
    readonly high?: number;
  },
): number {
  const { lambda, alpha, maxDeltaStep, low = -Infinity, high = Infinity } = settings;
  const shrunk = gradient > alpha ? gradient - alpha : gradient < -alpha ? gradient + alpha : 0;
  const denominator = hessian + lambda;
  let weight = denominator > 0 ? -shrunk / denominator : 0;
  if (maxDeltaStep > 0) weight = Math.min(maxDeltaStep, Math.max(-maxDeltaStep, weight));
  return Math.min(high, Math.max(low, weight));
}

/** Twice the fall of the objective that the weight brings, penalties counted: XGBoost's `CalcGainGivenWeight`. */
export function gainOfWeight(
  weight: number,
  sums: { readonly gradient: number; readonly hessian: number },
  settings: Pick<GeneralScan, 'lambda' | 'alpha'>,
): number {
  return -(
    2 * sums.gradient * weight +
    (sums.hessian + settings.lambda) * weight * weight +
    2 * settings.alpha * Math.abs(weight)
  );
}

/**
 * The best split of a node for any setting: absolute penalty, bounded leaf weights, monotone features. Writes the same
 * result as the quick kernel, with the score in real units.
 */
export function scanGeneral(buffer: ArrayBuffer, layout: TreeLayout, node: GeneralNode): void {
  const words = new Int32Array(buffer);
  const doubles = new Float64Array(buffer);
  const mask = new Uint8Array(buffer, node.mask, layout.features);
  const { settings, gradientScale, hessianScale } = node;
  const out = node.result / 4;
  let best = -Infinity;
  words[out + 4] = -1;

  function consider(
    sums: { gradient: number; hessian: number },
    at: { feature: number; bin: number; direction: number },
  ): void {
    const left = { gradient: sums.gradient / gradientScale, hessian: sums.hessian / hessianScale };
    const right = {
      gradient: (node.gradient - sums.gradient) / gradientScale,
      hessian: (node.hessian - sums.hessian) / hessianScale,
    };
    const leftWeight = leafWeight(left.gradient, left.hessian, {
      ...settings,
      low: node.low,
      high: node.high,
    });
    const rightWeight = leafWeight(right.gradient, right.hessian, {
      ...settings,
      low: node.low,
      high: node.high,
    });
    if ((rightWeight - leftWeight) * settings.monotone[at.feature]! < 0) return;
    const score = gainOfWeight(leftWeight, left, settings) + gainOfWeight(rightWeight, right, settings);
    if (!(score > best)) return;
    best = score;
    doubles[node.result / 8] = score;
    words[out + 2] = sums.hessian;
    words[out + 3] = sums.gradient;
    words[out + 4] = at.feature;
    words[out + 5] = at.bin;
    words[out + 6] = at.direction;
  }

  for (let feature = node.firstFeature; feature < node.lastFeature; feature++) {
    if (!mask[feature]) continue;
    const entry = (layout.featureTable + feature * featureEntryBytes) / 4;
    const start = (node.slot + words[entry]!) / 4;
    const bins = words[entry + 1]!;
    const missingHessian = words[entry + 2] ? words[start + 2 * bins]! : 0;
    const missingGradient = words[entry + 2] ? words[start + 2 * bins + 1]! : 0;
    const anyMissing = missingHessian !== 0 || missingGradient !== 0;
    for (const direction of anyMissing ? [0, 1] : [noMissingSeen]) {
      let hessian = direction === 1 ? missingHessian : 0;
      let gradient = direction === 1 ? missingGradient : 0;
      const end = direction === 0 ? bins : bins - 1;
      for (let bin = 0; bin < end; bin++) {
        const h = words[start + 2 * bin]!;
        const g = words[start + 2 * bin + 1]!;
        if (h === 0 && g === 0) continue;
        hessian += h;
        gradient += g;
        if (node.hessian - hessian < node.minimum) break;
        if (hessian >= node.minimum) consider({ gradient, hessian }, { feature, bin, direction });
      }
    }
  }
}
