import { AppError } from '../../../contract/errors.ts';
import { defineEstimator } from '../define-estimator.ts';
import type { Estimator } from '../estimator.ts';
import { createMatrix } from '../matrix.ts';
import type { Matrix } from '../matrix.ts';
import { classLabels, integerIn, readParameters, seedRule } from '../parameters.ts';
import { createMemberFactory, loadMembers, memberRule, membersRule, saveMembers } from './members.ts';
import type { MemberSpec } from './members.ts';
import { forecastOutOfFold } from './out-of-fold.ts';
import { fitAll } from './pools.ts';
import type { EnsembleOptions } from './pools.ts';

export interface StackingParameters {
  /** What is stacked; there is no default. */
  readonly members: readonly MemberSpec[];
  /** What learns from the members' log probabilities; default a ridge logistic regression. */
  readonly meta: MemberSpec;
  /** Blocks of rows, in order of time, that the meta model learns from; default 5. */
  readonly folds: number;
  readonly classes?: readonly number[] | undefined;
  readonly seed: number;
}

interface Model {
  readonly members: readonly Estimator[];
  readonly meta: Estimator;
}

const defaults: StackingParameters = {
  members: [],
  meta: { estimator: 'logistic-regression', parameters: { C: 1 } },
  folds: 5,
  seed: 0,
};

/** A member that was sure and wrong once would otherwise be a column of one huge value. */
export const probabilityFloor = 1e-4;

/**
 * Stacked generalisation (Wolpert 1992) in order of time: the meta model learns what to make of the members' forecasts from
 * forecasts of rows that came after everything they were fitted to; the members are then fitted to all rows.
 * HISTORY_TOO_SHORT where all rows are of one instant.
 */
export function createStacking(
  parameters: Readonly<Record<string, unknown>>,
  { kit, saved }: EnsembleOptions,
): Estimator {
  const resolved = readParameters('stacking', parameters, {
    defaults,
    rules: {
      members: membersRule,
      meta: memberRule,
      folds: integerIn(1, 1000),
      classes: classLabels,
      seed: seedRule,
    },
  });
  const factory = createMemberFactory('stacking', resolved.members, kit);
  const metaFactory = createMemberFactory('stacking', [resolved.meta], kit);
  return defineEstimator<StackingParameters, Model>(
    {
      name: 'stacking',
      task: 'classification',
      missing: factory.missing,
      parameters: resolved,
      goesByOrder: true,
      async fit(input) {
        const { classes, seed, signal, team } = input;
        const earlier = await forecastOutOfFold(factory, input, resolved.folds);
        if (earlier.outcomes.length === 0) {
          throw new AppError('HISTORY_TOO_SHORT', 'stacking needs rows of more than one instant');
        }
        const meta = metaFactory.create(0, { classes: classes.length, seed });
        const features = metaFeatures(earlier.members, earlier.outcomes.length);
        await meta.fit(features, earlier.outcomes, { weights: earlier.weights, signal, team });
        return { meta, members: await fitAll(factory, input) };
      },
      output({ members, meta }, features, initialScores) {
        const forecasts = members.map((member) => member.predictProbability(features, initialScores));
        return meta.predictProbability(metaFeatures(forecasts, features.rows));
      },
      save({ members, meta }) {
        const { state, blobs } = saveMembers([...members, meta]);
        return { state: { members: state }, blobs };
      },
      load({ state, blobs }) {
        const all = loadMembers((state as { members: unknown }).members, blobs, kit);
        return { members: all.slice(0, -1), meta: all.at(-1)! };
      },
    },
    saved,
  ).estimator;
}

/** One row a row: the log probability of each class by each member. */
function metaFeatures(members: readonly Float64Array[], rows: number): Matrix {
  const classes = members[0]!.length / Math.max(1, rows);
  const columns = members.flatMap((_, m) =>
    Array.from({ length: classes }, (_, k) => `member ${m} class ${k}`),
  );
  const matrix = createMatrix(rows, columns);
  for (let row = 0, to = 0; row < rows; row++) {
    for (const member of members) {
      for (let k = 0; k < classes; k++) {
        matrix.values[to++] = Math.log(Math.max(probabilityFloor, member[row * classes + k]!));
      }
    }
  }
  return matrix;
}
