import type { ModelTable } from '../../../../db/queries/football/processing.ts';
import { createLogisticRegression } from '../../../kernel/modeling/linear/logistic-regression.ts';
import { deserializeEstimator } from '../../../kernel/modeling/serialization.ts';
import { matrixOf, targetOf } from '../rows.ts';
import type { FamilyFit, FamilyParameters, PooledFamily } from './family.ts';

const parameters: FamilyParameters & { C: number; minimumRows: number } = {
  /** Strength of the pull towards what the market says; chosen on the seasons up to 2015/16. */
  C: 1e-3,
  minimumRows: 500,
};

/**
 * The market's price at the as-of instant, corrected by the strongest rating where that helps: a logistic regression that
 * starts from the log of the market's own probabilities. It knows what bookmakers think, so it is declared
 * market-informed: it never becomes champion, enters no pool, and forecasts only matches that have a price.
 */
export const marketInformed: PooledFamily = {
  name: 'market-informed',
  parameters,
  readsMarket: true,
  async fit({ table, rows, fitted }): Promise<FamilyFit | undefined> {
    const priced = pricedRows(table, rows);
    if (priced.length < parameters.minimumRows) return undefined;
    const featureNames = fitted.get('logistic')!.featureNames.slice(0, 1);
    const estimator = createLogisticRegression({ C: parameters.C, classes: [0, 1, 2] });
    await estimator.fit(matrixOf(table, priced, featureNames), targetOf(table, priced), {
      initialScores: marketScores(table, priced),
    });
    return { estimator, featureNames, notes: { pricedRows: priced.length } };
  },
  predict(model, { table, rows }) {
    const priced = pricedRows(table, rows);
    const known = deserializeEstimator(model).predictProbability(
      matrixOf(table, priced, model.featureNames),
      marketScores(table, priced),
    );
    const probabilities = new Float64Array(rows.length * 3).fill(Number.NaN);
    const places = new Map([...rows].map((row, at) => [row, at]));
    priced.forEach((row, at) => {
      probabilities.set(known.subarray(at * 3, at * 3 + 3), places.get(row)! * 3);
    });
    return probabilities;
  },
};

function pricedRows({ market }: ModelTable, rows: Int32Array): Int32Array {
  return rows.filter((row) => !Number.isNaN(market[row * 3]!));
}

function marketScores({ market }: ModelTable, rows: Int32Array): Float64Array {
  const scores = new Float64Array(rows.length * 3);
  rows.forEach((row, at) => {
    for (let k = 0; k < 3; k++) scores[at * 3 + k] = Math.log(market[row * 3 + k]!);
  });
  return scores;
}
