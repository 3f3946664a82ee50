import { createRandom } from '../../math/random.ts';
import type { Random } from '../../math/random.ts';
import { defineEstimator, throwIfCancelled } from '../define-estimator.ts';
import type { FitInput, PreparedSet } from '../define-estimator.ts';
import type { Estimator } from '../estimator.ts';
import { classLabels, integerIn, readParameters, seedRule, trueOrFalse } from '../parameters.ts';
import { mixRow } from './linear-pool.ts';
import {
  createMemberFactory,
  fitMember,
  loadMembers,
  meanImportances,
  memberRule,
  saveMembers,
} from './members.ts';
import type { MemberSpec } from './members.ts';
import type { EnsembleOptions } from './pools.ts';

export interface BaggingParameters {
  /** What is fitted again and again; its seed, if it has one, is not used. There is no default. */
  readonly member: MemberSpec;
  /** How often; default 5. */
  readonly bags: number;
  /** Each time on rows drawn with replacement (Breiman 1996); default false: the seed alone differs. */
  readonly bootstrap: boolean;
  readonly classes?: readonly number[] | undefined;
  readonly seed: number;
}

const defaults: BaggingParameters = { member: { estimator: '' }, bags: 5, bootstrap: false, seed: 0 };

/** The mean of one estimator's probabilities over several seeds: what luck of the draw added is averaged away. */
export function createBagging(
  parameters: Readonly<Record<string, unknown>>,
  { kit, saved }: EnsembleOptions,
): Estimator {
  const resolved = readParameters('bagging', parameters, {
    defaults,
    rules: {
      member: memberRule,
      bags: integerIn(1, 10_000),
      bootstrap: trueOrFalse,
      classes: classLabels,
      seed: seedRule,
    },
  });
  const { estimator, parameters: { seed: _, ...own } = {} } = resolved.member;
  const factory = createMemberFactory('bagging', [{ estimator, parameters: own }], kit);
  return defineEstimator<BaggingParameters, readonly Estimator[]>(
    {
      name: 'bagging',
      task: 'classification',
      missing: factory.missing,
      parameters: resolved,
      reportsEpochs: true,
      async fit(input) {
        const { classes, order, validation, callbacks, signal, team } = input;
        const { bags } = resolved;
        const members: Estimator[] = [];
        for (const callback of callbacks) callback.onTrainBegin?.(bags);
        for (let bag = 0; bag < bags; bag++) {
          throwIfCancelled(signal);
          for (const callback of callbacks) callback.onEpochBegin?.(bag);
          const random = createRandom(input.seed).split(bag);
          const member = factory.create(0, { classes: classes.length, seed: random.integer(2 ** 31) });
          const rows = resolved.bootstrap ? drawRows(input, random) : input;
          members.push(await fitMember(member, rows, { order, validation, signal, team }));
          const logs = { epoch: bag, total: bags, measures: {} };
          const stops = callbacks.map((callback) => callback.onEpochEnd?.(logs) === 'stop');
          if (stops.includes(true)) break;
        }
        for (const callback of callbacks) callback.onTrainEnd?.();
        return members;
      },
      output(members, features, initialScores) {
        const forecasts = members.map((member) => member.predictProbability(features, initialScores));
        const weights = equalWeights(members);
        const classes = forecasts[0]!.length / features.rows;
        const out = new Float64Array(features.rows * classes);
        for (let at = 0; at < out.length; at += classes) {
          mixRow(forecasts, weights, { from: at, to: at, out, classes });
        }
        return out;
      },
      importances: (members) => meanImportances(members, equalWeights(members)),
      save(members) {
        const { state, blobs } = saveMembers(members);
        return { state: { members: state }, blobs };
      },
      load: ({ state, blobs }) => loadMembers((state as { members: unknown }).members, blobs, kit),
    },
    saved,
  ).estimator;
}

function equalWeights(members: readonly Estimator[]): Float64Array {
  return new Float64Array(members.length).fill(1 / members.length);
}

/** The rows with how often each was drawn in their weights. */
function drawRows(input: FitInput, random: Random): PreparedSet {
  const present = [...input.weights.keys()].filter((row) => input.weights[row]! > 0);
  const weights = new Float64Array(input.weights.length);
  for (let i = 0; i < present.length; i++) {
    const row = present[random.integer(present.length)]!;
    weights[row]! += input.weights[row]!;
  }
  return { ...input, weights };
}
