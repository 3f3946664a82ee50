import { AppError } from '../../../contract/errors.ts';
import { createRandom, type Random } from '../../math/random.ts';
import { throwIfCancelled, type FitInput } from '../define-estimator.ts';
import { selectColumns } from '../matrix.ts';
import { findAllBins, toFloat32, type FeatureBins } from './binning.ts';
import { resolveConstraints, type BoostingParameters } from './boosting-parameters.ts';
import { addTreeScores, createEnsembleBuilder, type TreeEnsemble } from './ensemble.ts';
import {
  growRound,
  type GradientSums,
  type GrowContext,
  type GrowthSettings,
  type RowSample,
} from './grow-round.ts';
import { planLayout, writeBins, type TreeLayout } from './layout.ts';
import type { Objective, ScoredRows } from './objectives.ts';
import { createSoloTeam, type HistogramTeam, type TeamSetup } from './team.ts';
import { compileKernels, instantiateKernels } from './wasm/kernels.ts';
import { webAssembly } from './wasm/web-assembly.ts';

export interface BoostedTrees {
  readonly ensemble: TreeEnsemble;
  /** Rounds kept, the best by validation where early stopping was on. */
  readonly rounds: number;
}

/** Grows the rounds of a boosted ensemble; every round is an epoch to the callbacks. */
export async function boost(
  input: FitInput,
  objective: Objective,
  parameters: BoostingParameters,
): Promise<BoostedTrees> {
  const { features, target, weights, callbacks, signal } = input;
  if (parameters.earlyStoppingRounds !== undefined && !input.validation) {
    throw new AppError('CONFIGURATION_INVALID', 'earlyStoppingRounds needs a validation set');
  }
  const outputs = objective.outputs(input.classes.length);
  // In the order of their names, so that a tie between two columns falls the same way wherever they stand.
  const byName = selectColumns(features, [...features.columns].sort());
  const values = toFloat32(byName.values);
  const bins = findAllBins(byName, values, { weights, maxBin: parameters.maxBin });
  throwIfCancelled(signal);
  const settings = growthSettings(parameters, byName.columns);
  const setup = prepareMemory(bins, {
    rows: features.rows,
    outputs,
    values,
    settings,
    threads: input.team ? parameters.nJobs : 1,
  });
  const { layout } = setup;
  const { buffer } = setup.memory;
  const team: HistogramTeam =
    input.team && layout.threads > 1 ? await input.team(setup) : createSoloTeam(setup);
  try {
    const baseScores =
      parameters.baseScore === undefined
        ? objective.baseScores(target, weights, input.classes.length)
        : new Float64Array(outputs).fill(objective.scoreOfBase(parameters.baseScore));
    const builder = createEnsembleBuilder();
    const scores = new Float64Array(buffer, layout.scores, features.rows * outputs);
    startScores(scores, baseScores, input.initialScores);
    const scored: ScoredRows = { scores, target, weights, rows: features.rows, outputs };
    const context: GrowContext = {
      buffer,
      layout,
      kernels: instantiateKernels(setup.module, setup.memory),
      team,
      bins,
      settings,
      builder,
      columnOf: byName.columns.map((column) => features.columns.indexOf(column)),
      signal,
      refineLeaf: leafRefiner(objective, scored),
    };
    const validation = input.validation && validationScores(input.validation, baseScores, outputs);
    const quantise = createQuantiser(layout, buffer);
    const random = createRandom(parameters.seed);
    let rounds = 0;
    let best = { loss: Infinity, rounds: 0 };
    for (const callback of callbacks) callback.onTrainBegin?.(parameters.nEstimators);
    while (rounds < parameters.nEstimators) {
      throwIfCancelled(signal);
      for (const callback of callbacks) callback.onEpochBegin?.(rounds);
      const sample = drawRows(buffer, layout, {
        weights,
        share: parameters.subsample,
        random: random.split(2 * rounds),
      });
      drawColumns(buffer, layout, {
        share: parameters.colsampleByTree,
        random: random.split(2 * rounds + 1),
      });
      objective.derivatives(scored, quantise.gradient, quantise.hessian);
      growRound(context, quantise.run(sample), sample);
      rounds++;
      const measures: Record<string, number> = {};
      if (callbacks.length > 0) measures[`train_${objective.metric}`] = objective.loss(scored);
      if (validation) {
        const fresh = builder.build({
          features: layout.features,
          outputs,
          baseScores,
          fromTree: builder.trees - outputs,
        });
        addTreeScores(fresh, validation.values, { scores: validation.scored.scores, fromTree: 0 });
        const loss = objective.loss(validation.scored);
        measures[`validation_${objective.metric}`] = loss;
        if (loss < best.loss) best = { loss, rounds };
      }
      const logs = { epoch: rounds - 1, total: parameters.nEstimators, measures };
      const wishes = callbacks.map((callback) => callback.onEpochEnd?.(logs));
      if (wishes.includes('stop')) break;
      if (rounds - best.rounds >= (parameters.earlyStoppingRounds ?? Infinity)) break;
    }
    for (const callback of callbacks) callback.onTrainEnd?.();
    if (parameters.earlyStoppingRounds !== undefined) rounds = best.rounds;
    const untilTree = rounds * outputs;
    return { ensemble: builder.build({ features: layout.features, outputs, baseScores, untilTree }), rounds };
  } finally {
    team.close();
  }
}

function growthSettings(parameters: BoostingParameters, columns: readonly string[]): GrowthSettings {
  const { monotone, interactions } = resolveConstraints(parameters, columns);
  return {
    maxDepth: parameters.maxDepth,
    minChildWeight: parameters.minChildWeight,
    gamma: parameters.gamma,
    lambda: parameters.regLambda,
    alpha: parameters.regAlpha,
    maxDeltaStep: parameters.maxDeltaStep ?? (parameters.objective === 'count:poisson' ? 0.7 : 0),
    learningRate: parameters.learningRate,
    monotone,
    interactions,
  };
}

function prepareMemory(
  bins: readonly FeatureBins[],
  of: {
    readonly rows: number;
    readonly outputs: number;
    readonly values: Float32Array;
    readonly settings: GrowthSettings;
    readonly threads: number;
  },
): TeamSetup {
  const { settings } = of;
  const needsGeneral = settings.alpha > 0 || settings.maxDeltaStep > 0 || settings.monotone !== undefined;
  const general = needsGeneral
    ? { ...settings, monotone: settings.monotone ?? bins.map(() => 0), interactions: undefined }
    : undefined;
  const layout = planLayout(bins, { ...of, maxDepth: settings.maxDepth }, { threads: of.threads, general });
  const shared = layout.threads > 1;
  const memory = new webAssembly.Memory({ initial: layout.pages, maximum: layout.pages, shared });
  writeBins(memory.buffer, layout, { bins, values: of.values });
  return { module: compileKernels({ pages: layout.pages, shared }), memory, layout };
}

function startScores(
  scores: Float64Array,
  baseScores: Float64Array,
  initialScores: Float64Array | undefined,
): void {
  if (initialScores) scores.set(initialScores);
  else for (let i = 0; i < scores.length; i += baseScores.length) scores.set(baseScores, i);
}

function validationScores(
  validation: NonNullable<FitInput['validation']>,
  baseScores: Float64Array,
  outputs: number,
): { values: Float32Array; scored: ScoredRows } {
  const { features, target, weights, initialScores } = validation;
  const scores = new Float64Array(features.rows * outputs);
  startScores(scores, baseScores, initialScores);
  return {
    values: toFloat32(features.values),
    scored: { scores, target, weights, rows: features.rows, outputs },
  };
}

function leafRefiner(objective: Objective, scored: ScoredRows): GrowContext['refineLeaf'] {
  const { leafValue } = objective;
  if (!leafValue) return undefined;
  return (_output, rows) =>
    leafValue(
      Float64Array.from(rows, (row) => scored.target[row]! - scored.scores[row]!),
      Float64Array.from(rows, (row) => scored.weights[row]!),
    );
}

/** Fills every output's row list: first the rows that build the round's trees, then those that only follow. */
function drawRows(
  buffer: ArrayBuffer,
  layout: TreeLayout,
  by: { readonly weights: Float64Array; readonly share: number; readonly random: Random },
): RowSample {
  const lists = new Int32Array(buffer, layout.rowLists, layout.outputs * layout.rows);
  const others: number[] = [];
  let sampled = 0;
  for (let i = 0; i < layout.rows; i++) {
    const drawn = by.share >= 1 || by.random.uniform() < by.share;
    if (drawn && by.weights[i]! > 0) lists[sampled++] = i;
    else others.push(i);
  }
  lists.set(others, sampled);
  for (let k = 1; k < layout.outputs; k++) lists.copyWithin(k * layout.rows, 0, layout.rows);
  return { sampled, others: others.length };
}

function drawColumns(
  buffer: ArrayBuffer,
  layout: TreeLayout,
  by: { readonly share: number; readonly random: Random },
): void {
  const mask = new Uint8Array(buffer, layout.mask, layout.features);
  if (by.share >= 1) {
    mask.fill(1);
    return;
  }
  mask.fill(0);
  const order = Array.from({ length: layout.features }, (_, j) => j);
  const wanted = Math.max(1, Math.floor(by.share * layout.features));
  for (let drawn = 0; drawn < wanted; drawn++) {
    const at = drawn + by.random.integer(layout.features - drawn);
    [order[drawn], order[at]] = [order[at]!, order[drawn]!];
    mask[order[drawn]!] = 1;
  }
}

/**
 * Turns real gradients into whole numbers that add up without rounding, so that neither the order of the rows nor the
 * number of threads changes a bit. Each output's scale is the largest power of two whose sums still fit 31 bits.
 */
function createQuantiser(
  layout: TreeLayout,
  buffer: ArrayBuffer,
): { gradient: Float64Array; hessian: Float64Array; run(sample: RowSample): GradientSums[] } {
  const { rows, outputs } = layout;
  const gradient = new Float64Array(rows * outputs);
  const hessian = new Float64Array(rows * outputs);
  const words = new Int32Array(buffer, layout.gradients, rows * outputs * 2);
  const lists = new Int32Array(buffer, layout.rowLists, rows);
  return {
    gradient,
    hessian,
    run: ({ sampled }) =>
      Array.from({ length: outputs }, (_, k) => {
        const first = k * rows;
        let gradientSum = 0;
        let hessianSum = 0;
        for (let i = 0; i < sampled; i++) {
          const at = first + lists[i]!;
          gradientSum += Math.abs(gradient[at]!);
          hessianSum += hessian[at]!;
        }
        const gradientScale = scaleFor(gradientSum, sampled);
        const hessianScale = scaleFor(hessianSum, sampled);
        let gradientTotal = 0;
        let hessianTotal = 0;
        for (let i = 0; i < sampled; i++) {
          const at = first + lists[i]!;
          const g = Math.round(gradient[at]! * gradientScale);
          const h = Math.round(hessian[at]! * hessianScale);
          words[2 * at] = h;
          words[2 * at + 1] = g;
          gradientTotal += g;
          hessianTotal += h;
        }
        return { gradientScale, hessianScale, gradient: gradientTotal, hessian: hessianTotal };
      }),
  };
}

function scaleFor(sum: number, rows: number): number {
  const room = 2 ** 31 - 1 - rows;
  return sum > 0 ? 2 ** Math.max(-1000, Math.min(1000, Math.floor(Math.log2(room / sum)))) : 1;
}
