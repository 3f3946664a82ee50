import { AppError } from '../../../contract/errors.ts';
import { createRandom, type Random } from '../../math/random.ts';
import { throwIfCancelled, type FitInput } from '../define-estimator.ts';
import { binColumns, toFloat32, type BinnedColumn } from './binning.ts';
import { resolveConstraints, type BoostingParameters } from './boosting-parameters.ts';
import { createEnsembleBuilder, type TreeEnsemble } from './ensemble.ts';
import { addTreeScores } from './predict.ts';
import { createQuantiser } from './quantise.ts';
import { growRound, type GrowContext } from './grow-round.ts';
import { planLayout, writeBins, type TreeLayout } from './layout.ts';
import type { Objective, ScoredRows } from './objectives.ts';
import { createSoloTeam, type HistogramTeam, type TeamSetup } from './team.ts';
import type { GrowthSettings, RowSample } from './tree-node.ts';
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
  const columns = binColumns(features, { weights, maxBin: parameters.maxBin, signal });
  throwIfCancelled(signal);
  const settings = growthSettings(
    parameters,
    columns.map((column) => column.name),
  );
  const setup = prepareMemory(columns, {
    rows: features.rows,
    outputs,
    settings,
    threads: input.team ? parameters.nJobs : 1,
    signal,
  });
  throwIfCancelled(signal);
  const { layout } = setup;
  const { buffer } = setup.memory;
  const team: HistogramTeam =
    input.team && layout.threads > 1 ? await input.team(setup, signal) : createSoloTeam(setup, signal);
  try {
    const baseScores =
      parameters.baseScore === undefined
        ? objective.baseScores(target, weights, input.classes.length)
        : new Float64Array(outputs).fill(objective.scoreOfBase(parameters.baseScore));
    const builder = createEnsembleBuilder();
    const stride = layout.outputBytes / 8;
    const scores = new Float64Array(buffer, layout.scores, stride * outputs);
    const scored: ScoredRows = { scores, stride, target, weights, rows: features.rows, outputs };
    throwIfCancelled(signal);
    startScores(scored, baseScores, input.initialScores);
    throwIfCancelled(signal);
    const context: GrowContext = {
      buffer,
      layout,
      kernels: instantiateKernels(setup.module, setup.memory),
      team,
      bins: columns.map((column) => column.feature),
      settings,
      builder,
      columnOf: columns.map((column) => column.position),
      signal,
      refineLeaf: leafRefiner(objective, scored),
    };
    const validation = input.validation && validationScores(input.validation, baseScores, outputs);
    const quantise = createQuantiser(context, objective, scored);
    const drawRows = createRowSampler(buffer, layout, { weights, share: parameters.subsample });
    const random = createRandom(parameters.seed);
    let rounds = 0;
    let best = { loss: Infinity, rounds: 0 };
    for (const callback of callbacks) callback.onTrainBegin?.(parameters.nEstimators);
    while (rounds < parameters.nEstimators) {
      throwIfCancelled(signal);
      for (const callback of callbacks) callback.onEpochBegin?.(rounds);
      const sample = drawRows(random.split(2 * rounds));
      drawColumns(buffer, layout, {
        share: parameters.colsampleByTree,
        random: random.split(2 * rounds + 1),
      });
      growRound(context, quantise(sample), sample);
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
        const { values: rows, scored: held } = validation;
        addTreeScores(fresh, rows, { scores: held.scores, outputStride: held.stride, rowStride: 1 });
        const loss = objective.loss(held);
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
  columns: readonly BinnedColumn[],
  of: {
    readonly rows: number;
    readonly outputs: number;
    readonly settings: GrowthSettings;
    readonly threads: number;
    readonly signal: FitInput['signal'];
  },
): TeamSetup {
  const { settings } = of;
  const needsGeneral = settings.alpha > 0 || settings.maxDeltaStep > 0 || settings.monotone !== undefined;
  const general = needsGeneral
    ? { ...settings, monotone: settings.monotone ?? columns.map(() => 0), interactions: undefined }
    : undefined;
  const layout = planLayout(
    columns.map((column) => column.feature),
    { ...of, maxDepth: settings.maxDepth },
    { threads: of.threads, general },
  );
  const shared = layout.threads > 1;
  const memory = new webAssembly.Memory({ initial: layout.pages, maximum: layout.pages, shared });
  writeBins(memory.buffer, layout, { columns, signal: of.signal });
  return {
    module: compileKernels({ pages: layout.pages, shared }, layout),
    memory,
    layout,
  };
}

function startScores(
  { scores, stride, rows, outputs }: ScoredRows,
  baseScores: Float64Array,
  initialScores: Float64Array | undefined,
): void {
  for (let k = 0; k < outputs; k++) {
    for (let i = 0; i < rows; i++)
      scores[k * stride + i] = initialScores ? initialScores[i * outputs + k]! : baseScores[k]!;
  }
}

function validationScores(
  { features, target, weights, initialScores }: NonNullable<FitInput['validation']>,
  baseScores: Float64Array,
  outputs: number,
): { values: Float32Array; scored: ScoredRows } {
  const { rows } = features;
  const scored = { scores: new Float64Array(rows * outputs), stride: rows, target, weights, rows, outputs };
  startScores(scored, baseScores, initialScores);
  return { values: toFloat32(features.values), scored };
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

/**
 * Fills every output's row list: first the rows that build the round's trees, then those that only follow. Without
 * sampling the same list serves every round.
 */
function createRowSampler(
  buffer: ArrayBuffer,
  layout: TreeLayout,
  by: { readonly weights: Float64Array; readonly share: number },
): (random: Random) => RowSample {
  const { rows, outputs } = layout;
  const lists = new Int32Array(buffer, layout.rowLists, outputs * rows);
  const drawn = new Int32Array(rows);
  const weighty = by.weights.every((weight) => weight > 0);
  let sampled = rows;
  for (let i = 0; i < rows; i++) drawn[i] = i;
  return (random) => {
    if (by.share < 1 || !weighty) {
      sampled = 0;
      let others = rows;
      for (let i = 0; i < rows; i++) {
        const chosen = by.share >= 1 || random.uniform() < by.share;
        if (chosen && by.weights[i]! > 0) drawn[sampled++] = i;
        else drawn[--others] = i;
      }
      drawn.subarray(sampled).reverse();
    }
    for (let k = 0; k < outputs; k++) lists.set(drawn, k * rows);
    return { sampled, others: rows - sampled };
  };
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
