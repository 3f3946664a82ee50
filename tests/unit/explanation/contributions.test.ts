import { beforeAll, describe, expect, it } from 'vitest';
import type { ExplainingModel } from '../../../db/queries/football/explanation.ts';
import { decompose, type Explained } from '../../../engine/football/explanation/contributions.ts';
import { groupShapley } from '../../../engine/football/explanation/group-shapley.ts';
import { createRandom } from '../../../engine/kernel/math/random.ts';
import { softmaxRows } from '../../../engine/kernel/math/softmax.ts';
import type { Estimator } from '../../../engine/kernel/modeling/estimator.ts';
import { poolRow } from '../../../engine/kernel/modeling/ensembles/log-pool.ts';
import { createLogisticRegression } from '../../../engine/kernel/modeling/linear/logistic-regression.ts';
import { createOrderedLogit } from '../../../engine/kernel/modeling/linear/ordered-logit.ts';
import { createMlp } from '../../../engine/kernel/modeling/neural/network-estimator.ts';
import { deserializeEstimator, serializeEstimator } from '../../../engine/kernel/modeling/serialization.ts';
import { createGradientBoosting } from '../../../engine/kernel/modeling/tree/gradient-boosting.ts';

const names = ['strengthHomeAway', 'eloDifference', 'restDaysHome', 'restDaysAway'];
const rows = 400;
const weights = [0.5, 0.1, 0.3, 0.1];
const models = new Map<string, ExplainingModel>();
const means = new Map<string, number>();
let values: Float64Array;
/** Raw probabilities of every family by row. */
const said = new Map<string, Float64Array>();

function keep(family: string, estimator: Estimator): void {
  models.set(family, {
    ...serializeEstimator(estimator),
    family,
    featureNames: estimator.metadata!.featureNames,
    id: models.size,
  });
}

beforeAll(async () => {
  const random = createRandom(5);
  values = Float64Array.from({ length: rows * names.length }, () => random.normal());
  const target = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const score = values[row * 4]! + 0.5 * values[row * 4 + 1]! * values[row * 4 + 2]! + random.normal();
    target[row] = score > 0.6 ? 0 : score > -0.6 ? 1 : 2;
    // Missing values are part of life.
    if (row % 9 === 0) values[row * 4 + 3] = Number.NaN;
  }
  names.forEach((name, column) => {
    const present = Array.from({ length: rows }, (_, row) => values[row * 4 + column]!).filter(
      Number.isFinite,
    );
    means.set(name, present.reduce((sum, value) => sum + value, 0) / present.length);
  });
  const all = { values, rows, columns: names };
  const first = { values: values.filter((_, at) => at % 4 === 0), rows, columns: names.slice(0, 1) };
  const classes = [0, 1, 2];
  const ordered = createOrderedLogit({ classes });
  await ordered.fit(first, target);
  const start = ordered.predictProbability(first).map((p) => Math.log(p));
  const logistic = createLogisticRegression({ classes });
  const boosting = createGradientBoosting({
    objective: 'multi:softprob',
    classes,
    seed: 1,
    nEstimators: 20,
    maxDepth: 3,
  });
  const network = createMlp({ classes, seed: 1, hidden: [8], epochs: 4 });
  await logistic.fit(all, target);
  await boosting.fit(all, target, { initialScores: start });
  await network.fit(all, target, { initialScores: start });
  keep('ordered-logit', ordered);
  keep('logistic', logistic);
  keep('boosting', boosting);
  keep('network', network);
  said.set('ordered-logit', ordered.predictProbability(first));
  said.set('logistic', logistic.predictProbability(all));
  said.set('boosting', boosting.predictProbability(all, start));
  said.set('network', network.predictProbability(all, start));
  const members = ['logistic', 'ordered-logit', 'boosting', 'network'];
  const payload = JSON.stringify({ members, weights });
  models.set('pool', { payload, checksum: '', family: 'pool', featureNames: [], id: 9 });
  const pooled = new Float64Array(rows * 3);
  for (let row = 0; row < rows; row++) {
    poolRow(
      members.map((name) => said.get(name)!),
      weights,
      { from: row * 3, out: pooled, to: row * 3, classes: 3 },
    );
  }
  said.set('pool', pooled);
});

const explainedRow = (row: number): Explained => ({
  models,
  load: deserializeEstimator,
  value: (feature) => values[row * 4 + names.indexOf(feature)]!,
  mean: (feature) => means.get(feature)!,
});

describe('contributions to a forecast', () => {
  it.each(['logistic', 'ordered-logit', 'boosting', 'network', 'pool'])(
    'of the family %s sum with their base to exactly what it said',
    (family) => {
      for (const row of [0, 1, 9, 57, 399]) {
        const { base, parts } = decompose(family, explainedRow(row));
        const scores = base.map((score, k) => parts.reduce((sum, part) => sum + part.scores[k]!, score));
        const p = softmaxRows(scores, 3);
        for (let k = 0; k < 3; k++)
          expect(p[k], `row ${row}`).toBeCloseTo(said.get(family)![row * 3 + k]!, 6);
        const logOdds = Math.log(said.get(family)![row * 3]! / said.get(family)![row * 3 + 2]!);
        const sum = parts.reduce((total, { scores: s }) => total + s[0]! - s[2]!, base[0]! - base[2]!);
        expect(sum, `row ${row}`).toBeCloseTo(logOdds, 5);
      }
    },
  );

  it('of a missing value are nothing in the linear models', () => {
    const { parts } = decompose('logistic', explainedRow(9));
    const missing = parts.find(({ feature }) => feature === 'restDaysAway')!;
    expect([...missing.scores.map(Math.abs)]).toEqual([0, 0, 0]);
  });

  it('carry the calculator that their feature comes from', () => {
    const { parts } = decompose('logistic', explainedRow(1));
    expect(parts.map(({ group }) => group)).toEqual(['strength', 'elo', 'schedule', 'schedule']);
  });

  it('are refused for a family that has none', () => {
    expect(() => decompose('market', explainedRow(1))).toThrow(/cannot be explained/);
  });
});

describe('group Shapley values', () => {
  it('share a product out evenly and leave a bystander nothing', () => {
    const { base, contributions } = groupShapley({
      names: ['a', 'b', 'c'],
      groupOf: (feature) => feature,
      own: [2, 3, 7],
      reference: [0, 0, 0],
      scores: ({ values: v, rows: n }) =>
        Float64Array.from({ length: n * 3 }, (_, at) => {
          const row = Math.floor(at / 3) * 3;
          return at % 3 === 0 ? v[row]! * v[row + 1]! : v[row]!;
        }),
    });
    expect([...base]).toEqual([0, 0, 0]);
    expect([...contributions.get('a')!]).toEqual([3, 2, 2]);
    expect([...contributions.get('b')!]).toEqual([3, 0, 0]);
    expect([...contributions.get('c')!]).toEqual([0, 0, 0]);
  });
});
