import { defineEstimator } from '../define-estimator.ts';
import type { FitInput } from '../define-estimator.ts';
import type { Estimator, SavedEstimator } from '../estimator.ts';
import { classLabels, integerIn, numberIn, readParameters, seedRule } from '../parameters.ts';
import { fitLinearPool, mixRow } from './linear-pool.ts';
import { fitLogPool, poolRow } from './log-pool.ts';
import {
  createMemberFactory,
  fitMember,
  loadMembers,
  meanImportances,
  membersRule,
  saveMembers,
} from './members.ts';
import type { EstimatorKit, MemberFactory, MemberSpec } from './members.ts';
import { forecastOutOfFold } from './out-of-fold.ts';

export interface PoolParameters {
  /** What is pooled; there is no default. */
  readonly members: readonly MemberSpec[];
  /** Blocks of rows, in order of time, that the weights rest on; default 5. */
  readonly folds: number;
  /** Pull towards equal weights, in rows; default 50. */
  readonly priorRows: number;
  readonly classes?: readonly number[] | undefined;
  readonly seed: number;
}

interface Model {
  readonly members: readonly Estimator[];
  readonly weights: Float64Array;
}

/** A way to put several forecasts together: how weights are found, and how they are used. */
interface Pool {
  readonly name: string;
  readonly fit: typeof fitLogPool;
  readonly mix: typeof poolRow;
}

/** What an ensemble can be made of beside its parameters. */
export interface EnsembleOptions {
  readonly kit: EstimatorKit;
  readonly saved?: SavedEstimator | undefined;
}

const defaults: PoolParameters = { members: [], folds: 5, priorRows: 50, seed: 0 };

/** Weighted mean of the members' probabilities. */
export const createLinearPool = poolFactory({ name: 'linear-pool', fit: fitLinearPool, mix: mixRow });

/** Weighted geometric mean of the members' probabilities: sharper where they agree. */
export const createLogPool = poolFactory({ name: 'log-pool', fit: fitLogPool, mix: poolRow });

/**
 * An estimator of a pool: its weights are found on forecasts that members fitted to earlier rows make of later ones
 * (equal, where all rows are of one instant), its members are then fitted to all rows.
 */
function poolFactory({ name, fit, mix }: Pool) {
  return (parameters: Readonly<Record<string, unknown>>, { kit, saved }: EnsembleOptions): Estimator => {
    const resolved = readParameters(name, parameters, {
      defaults,
      rules: {
        members: membersRule,
        folds: integerIn(1, 1000),
        priorRows: numberIn(0, Infinity, { openHigh: true }),
        classes: classLabels,
        seed: seedRule,
      },
    });
    const factory = createMemberFactory(name, resolved.members, kit);
    return defineEstimator<PoolParameters, Model>(
      {
        name,
        task: 'classification',
        missing: factory.missing,
        parameters: resolved,
        goesByOrder: true,
        async fit(input) {
          const earlier = await forecastOutOfFold(factory, input, resolved.folds);
          const weights =
            earlier.outcomes.length === 0
              ? new Float64Array(factory.count).fill(1 / factory.count)
              : fit(earlier.members, earlier.outcomes, {
                  classes: input.classes.length,
                  priorRows: resolved.priorRows,
                  rowWeights: earlier.weights,
                });
          return { weights, members: await fitAll(factory, input) };
        },
        output({ members, weights }, features, initialScores) {
          const forecasts = members.map((member) => member.predictProbability(features, initialScores));
          const classes = forecasts[0]!.length / features.rows;
          const out = new Float64Array(features.rows * classes);
          for (let at = 0; at < out.length; at += classes)
            mix(forecasts, weights, { from: at, to: at, out, classes });
          return out;
        },
        importances: ({ members, weights }) => meanImportances(members, weights),
        save({ members, weights }) {
          const { state, blobs } = saveMembers(members);
          return { state: { members: state }, blobs: { ...blobs, weights } };
        },
        load: ({ state, blobs }) => ({
          members: loadMembers((state as { members: unknown }).members, blobs, kit),
          weights: blobs!['weights'] as Float64Array,
        }),
      },
      saved,
    ).estimator;
  };
}

/** All members of an ensemble, fitted to all rows. */
export async function fitAll(factory: MemberFactory, input: FitInput): Promise<Estimator[]> {
  const { classes, seed, order, validation, signal, team } = input;
  const members: Estimator[] = [];
  for (let m = 0; m < factory.count; m++) {
    const member = factory.create(m, { classes: classes.length, seed });
    members.push(await fitMember(member, input, { order, validation, signal, team }));
  }
  return members;
}
