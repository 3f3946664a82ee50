import type { GrowContext } from './grow-round.ts';
import { softmaxScales } from './layout.ts';
import type { Objective, ScoredRows } from './objectives.ts';
import { teamPhases } from './team.ts';
import type { GradientSums, RowSample } from './tree-node.ts';

/** Adding and taking it away rounds a double below 2^51 to a whole number. */
const rounder = 1.5 * 2 ** 52;

/**
 * Makes the gradients of each round: whole numbers that add up without rounding, so that neither the order of the rows
 * nor the number of threads changes a bit. An output's scale is the largest power of two whose sums surely fit 31 bits.
 */
export function createQuantiser(
  { buffer, layout, kernels, team }: Pick<GrowContext, 'buffer' | 'layout' | 'kernels' | 'team'>,
  objective: Objective,
  scored: ScoredRows,
): (sample: RowSample) => GradientSums[] {
  const { outputs, rows } = layout;
  const { weights, stride } = scored;
  const doubles = new Float64Array(buffer);
  const lists = new Int32Array(buffer, layout.rowLists, rows);
  const totalWeight = weights.reduce((sum, weight) => sum + weight, 0);
  const outputNumbers = Array.from({ length: outputs }, (_, k) => k);
  const { bounds } = objective;
  const bounded = bounds && {
    gradientScale: scaleFor(bounds.gradient * totalWeight, rows),
    hessianScale: scaleFor(bounds.hessian * totalWeight, rows),
  };

  function totals(sample: RowSample, k: number): Pick<GradientSums, 'gradient' | 'hessian'> {
    const sum = kernels.sum(layout.rowLists, sample.sampled, layout.gradients + k * layout.outputBytes);
    return { gradient: Number(sum >> 32n), hessian: Number(sum & 0xffffffffn) };
  }

  if (objective.name === 'multi:softprob') {
    doubles.set(scored.target, layout.target / 8);
    doubles.set(weights, layout.weights / 8);
    doubles[layout.jobs / 8 + softmaxScales.gradient] = bounded!.gradientScale;
    doubles[layout.jobs / 8 + softmaxScales.hessian] = bounded!.hessianScale;
    return (sample) => {
      team.run(teamPhases.softmax);
      return outputNumbers.map((k) => ({ ...bounded!, ...totals(sample, k) }));
    };
  }

  const gradient = new Float64Array(stride * outputs);
  const hessian = new Float64Array(stride * outputs);
  const words = new Int32Array(buffer, layout.gradients, stride * outputs * 2);

  function measured(sampled: number, k: number): Pick<GradientSums, 'gradientScale' | 'hessianScale'> {
    let gradientSum = 0;
    let hessianSum = 0;
    for (let i = 0; i < sampled; i++) {
      const at = k * stride + lists[i]!;
      gradientSum += Math.abs(gradient[at]!);
      hessianSum += hessian[at]!;
    }
    return { gradientScale: scaleFor(gradientSum, sampled), hessianScale: scaleFor(hessianSum, sampled) };
  }

  return (sample) => {
    objective.derivatives(scored, gradient, hessian);
    return outputNumbers.map((k) => {
      const scales = bounded ?? measured(sample.sampled, k);
      for (let i = 0; i < sample.sampled; i++) {
        const at = k * stride + lists[i]!;
        words[2 * at] = hessian[at]! * scales.hessianScale + rounder - rounder;
        words[2 * at + 1] = gradient[at]! * scales.gradientScale + rounder - rounder;
      }
      return { ...scales, ...totals(sample, k) };
    });
  };
}

function scaleFor(sum: number, rows: number): number {
  const room = 2 ** 31 - 1 - rows;
  return sum > 0 ? 2 ** Math.max(-1000, Math.min(1000, Math.floor(Math.log2(room / sum)))) : 1;
}
