import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createMatrix } from '../../../../../engine/kernel/modeling/matrix.ts';
import { fromXgboostJson, toXgboostJson } from '../../../../../engine/kernel/modeling/tree/xgboost-json.ts';
import { shared } from '../../../../fixtures/shared.ts';

interface GoldenModel {
  readonly model: unknown;
  readonly margin_first_20: number[] | number[][];
  readonly predict_first_20: number[] | number[][];
  readonly leaf_first_20: number[][];
  readonly shap_first_20: number[][] | number[][][];
  readonly shap_interactions_first_3?: number[][][];
  readonly gain: Record<string, number>;
}

interface Golden {
  readonly inputs: { readonly x: (number | null)[][] };
  readonly expected: Record<string, GoldenModel>;
}

const goldenFile = shared('peers/golden/xgboost.json');
const golden = (goldenFile ? JSON.parse(readFileSync(goldenFile, 'utf8')) : { expected: {} }) as Golden;
const models = Object.entries(golden.expected);
const first = (rows: number) => {
  const x = golden.inputs.x.slice(0, rows).flat();
  const columns = Array.from({ length: 6 }, (_, j) => `f${j}`);
  return createMatrix(
    rows,
    columns,
    Float64Array.from(x, (value) => value ?? NaN),
  );
};

function expectNear(actual: ArrayLike<number>, expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(Math.abs(actual[i]! - expected[i]!)).toBeLessThan(1e-5);
}

describe.skipIf(goldenFile === undefined)('a model dumped by XGBoost (needs ../shared/peers/golden)', () => {
  it.each(models)('%s gives XGBoost’s margins, predictions and leaves', (_name, expected) => {
    const model = fromXgboostJson(expected.model);
    const features = first(20);
    expectNear(model.predictScores(features), expected.margin_first_20.flat());
    const predicted = expected.predict_first_20.flat();
    if (model.task === 'regression') expectNear(model.predict(features), predicted);
    else if (predicted.length === 60) expectNear(model.predictProbability(features), predicted);
    else
      expectNear(
        model.predictProbability(features).filter((_, at) => at % 2 === 1),
        predicted,
      );
    expect([...model.predictLeaves(features)]).toEqual(expected.leaf_first_20.flat());
  });

  it.each(models)('%s gives XGBoost’s SHAP values, for few rows and for many', (_name, expected) => {
    const model = fromXgboostJson(expected.model);
    const wanted = expected.shap_first_20.flat(2);
    expectNear(model.shapValues(first(20)), wanted);
    expectNear(model.shapValues(first(golden.inputs.x.length)).subarray(0, wanted.length), wanted);
  });

  it.each(models.filter(([, expected]) => expected.shap_interactions_first_3))(
    '%s gives XGBoost’s SHAP interactions',
    (_name, expected) => {
      const model = fromXgboostJson(expected.model);
      expectNear(model.shapInteractions(first(3)), expected.shap_interactions_first_3!.flat(2));
    },
  );

  it.each(models)('%s gives XGBoost’s total gain of each feature', (_name, expected) => {
    const gains = fromXgboostJson(expected.model).importances('totalGain');
    for (const [name, gain] of Object.entries(expected.gain)) {
      expect(Math.abs(gains[Number(name.slice(1))]! / gain - 1)).toBeLessThan(1e-5);
    }
  });

  it.each(models)('%s comes back from our own document with the same scores', (_name, expected) => {
    const model = fromXgboostJson(expected.model);
    const again = fromXgboostJson(JSON.parse(toXgboostJson(model)));
    expectNear(again.predictScores(first(20)), [...model.predictScores(first(20))]);
    expect([...again.predictLeaves(first(20))]).toEqual([...model.predictLeaves(first(20))]);
  });
});
