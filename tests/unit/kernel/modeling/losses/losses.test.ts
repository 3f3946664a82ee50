import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../engine/kernel/math/random.ts';
import { thresholdsFromShares } from '../../../../../engine/kernel/modeling/losses/cumulative-link.ts';
import type { Loss, LossBatch } from '../../../../../engine/kernel/modeling/losses/loss.ts';
import { createLoss, lossNames } from '../../../../../engine/kernel/modeling/losses/registry.ts';

const rows = 12;

/** A seeded batch that fits the loss: classes, grades, counts, moves; unequal weights; two groups; prices. */
function batchFor(loss: Loss, options: { seed: number; returns?: boolean }): LossBatch {
  const random = createRandom(options.seed);
  const binary = loss.outputs(2) === 1 && loss.family === 'classification';
  const classes = binary ? 2 : 3;
  const outputs = options.returns ? 1 : loss.outputs(classes);
  const scores = Float64Array.from({ length: rows * outputs }, () => 1.5 * random.normal());
  const target = Float64Array.from({ length: rows }, (_, i) => {
    if (loss.family === 'classification' || loss.family === 'ordinal') return i % classes;
    if (loss.family === 'ranking') return i % 4;
    if (loss.name === 'poisson') return i % 3;
    if (loss.name === 'directional') return random.normal();
    return loss.family === 'betting' ? i % 3 : 2 * random.normal();
  });
  const weights = Float64Array.from({ length: rows }, () => 0.5 + random.uniform());
  const groups = Array.from({ length: rows }, (_, i) => (i < 7 ? 0 : 1));
  if (options.returns) {
    return {
      scores,
      target,
      weights,
      groups,
      returns: Float64Array.from({ length: rows }, () => random.normal()),
    };
  }
  const prices = Float64Array.from({ length: rows * outputs }, () => 1.5 + 3 * random.uniform());
  return { scores, target, weights, groups, prices };
}

function derivatives(loss: Loss, batch: LossBatch) {
  const out = {
    gradient: new Float64Array(batch.scores.length),
    hessian: new Float64Array(batch.scores.length),
  };
  const value = loss.evaluate(batch, out);
  return { value, ...out };
}

function moved(batch: LossBatch, at: number, step: number): LossBatch {
  const scores = batch.scores.slice();
  scores[at]! += step;
  return { ...batch, scores };
}

const totalWeight = (batch: LossBatch) => batch.weights?.reduce((sum, weight) => sum + weight, 0) ?? rows;

const variants: readonly { title: string; loss: Loss; returns?: boolean }[] = [
  ...lossNames.map((name) => ({ title: name, loss: createLoss(name) })),
  {
    title: 'binary-cross-entropy with label smoothing',
    loss: createLoss('binary-cross-entropy', { labelSmoothing: 0.1 }),
  },
  { title: 'cross-entropy with label smoothing', loss: createLoss('cross-entropy', { labelSmoothing: 0.1 }) },
  {
    title: 'weighted-cross-entropy with weights',
    loss: createLoss('weighted-cross-entropy', { classWeights: [1, 3, 2] }),
  },
  { title: 'focal with gamma 0.5', loss: createLoss('focal', { gamma: 0.5, alpha: [1, 2, 1] }) },
  {
    title: 'cost-sensitive with costs',
    loss: createLoss('cost-sensitive', {
      costs: [
        [0, 1, 4],
        [2, 0, 2],
        [5, 1, 0],
      ],
    }),
  },
  {
    title: 'cumulative-link of four thresholds',
    loss: createLoss('cumulative-link', { thresholds: [-1, 0.5, 2] }),
  },
  { title: 'quantile 0.9', loss: createLoss('quantile', { quantile: 0.9 }) },
  { title: 'expectile 0.2', loss: createLoss('expectile', { level: 0.2 }) },
  { title: 'profit on returns with costs', loss: createLoss('profit', { cost: 0.1 }), returns: true },
  { title: 'sharpe on returns', loss: createLoss('sharpe'), returns: true },
  {
    title: 'risk-adjusted-profit on returns',
    loss: createLoss('risk-adjusted-profit', { riskAversion: 3 }),
    returns: true,
  },
];

describe.each(variants)('$title', ({ loss, returns = false }) => {
  it('has the gradient of its value, by central differences', () => {
    for (const seed of [1, 2, 3]) {
      const batch = batchFor(loss, { seed, returns });
      const { gradient } = derivatives(loss, batch);
      const step = 1e-5;
      for (let at = 0; at < batch.scores.length; at++) {
        const slope =
          ((loss.evaluate(moved(batch, at, step)) - loss.evaluate(moved(batch, at, -step))) / (2 * step)) *
          totalWeight(batch);
        expect(gradient[at]).toBeCloseTo(slope, 6);
      }
      expect(gradient.some((value) => Math.abs(value) > 1e-3)).toBe(true);
    }
  });

  it('has the Hessian that its kind promises', () => {
    for (const seed of [4, 5, 6]) {
      const batch = batchFor(loss, { seed, returns });
      const { hessian } = derivatives(loss, batch);
      const step = 1e-5;
      for (let at = 0; at < batch.scores.length; at++) {
        const above = derivatives(loss, moved(batch, at, step)).gradient[at]!;
        const below = derivatives(loss, moved(batch, at, -step)).gradient[at]!;
        const curvature = (above - below) / (2 * step);
        if (loss.hessianKind === 'exact') expect(hessian[at]).toBeCloseTo(curvature, 5);
        if (loss.hessianKind === 'upper-bound') expect(hessian[at]).toBeGreaterThanOrEqual(curvature - 1e-6);
        expect(hessian[at]).toBeGreaterThanOrEqual(0);
      }
      expect(hessian.some((value) => value > 1e-4)).toBe(true);
    }
  });

  it('goes down along its own diagonal Newton steps', () => {
    let batch = batchFor(loss, { seed: 7, returns });
    const first = loss.evaluate(batch);
    for (let iteration = 0; iteration < 40; iteration++) {
      const { gradient, hessian } = derivatives(loss, batch);
      batch = {
        ...batch,
        scores: batch.scores.map((score, at) => score - (0.2 * gradient[at]!) / (hessian[at]! + 0.1)),
      };
    }
    expect(loss.evaluate(batch)).toBeLessThan(first);
  });

  // LambdaRank's places shift when a row is repeated: the one loss without this property.
  if (loss.name !== 'lambdarank')
    it('answers a weight of 2 like the row twice', () => {
      const batch = batchFor(loss, { seed: 8, returns });
      const outputs = batch.scores.length / rows;
      const twice = (values: Float64Array, width: number) =>
        Float64Array.from([...values, ...values.subarray(0, width)]);
      const weighted = {
        ...batch,
        weights: Float64Array.from({ length: rows }, (_, i) => (i === 0 ? 2 : 1)),
      };
      const repeated: LossBatch = {
        scores: twice(batch.scores, outputs),
        target: twice(batch.target, 1),
        groups: [...Array.from(batch.groups ?? []), batch.groups?.[0] ?? 0],
        ...(batch.prices && { prices: twice(batch.prices, outputs) }),
        ...(batch.returns && { returns: twice(batch.returns, 1) }),
      };
      expect(loss.evaluate(weighted)).toBeCloseTo(loss.evaluate(repeated), 10);
    });

  it('stays finite for scores far out', () => {
    const batch = batchFor(loss, { seed: 9, returns });
    const far = { ...batch, scores: batch.scores.map((score) => 40 * score) };
    const { value, gradient, hessian } = derivatives(loss, far);
    expect(Number.isFinite(value)).toBe(true);
    expect(gradient.every(Number.isFinite)).toBe(true);
    expect(hessian.every(Number.isFinite)).toBe(true);
  });

  it('predicts probabilities that sum to 1 when it is about classes', () => {
    if (loss.family !== 'classification' && loss.family !== 'ordinal') return;
    const batch = batchFor(loss, { seed: 10 });
    const probabilities = loss.predict(batch.scores, rows);
    const classes = probabilities.length / rows;
    for (let i = 0; i < rows; i++) {
      const row = probabilities.subarray(i * classes, (i + 1) * classes);
      expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      expect(row.every((p) => p >= 0)).toBe(true);
    }
  });
});

describe('the loss registry', () => {
  it('lists the known names when asked for an unknown one', () => {
    expect(() => createLoss('hinge')).toThrow(/unknown loss hinge; known: binary-cross-entropy, .*sharpe/);
    expect(() => createLoss('toString')).toThrow(/unknown loss/);
  });

  it('gives every loss its registered name', () => {
    for (const name of lossNames) expect(createLoss(name).name).toBe(name);
  });

  it('refuses a parameter out of range by name', () => {
    expect(() => createLoss('focal', { gamma: -1 })).toThrow(/gamma: expected a number in \[0, 10\], got -1/);
    expect(() => createLoss('cost-sensitive', { costs: [[1, 2]] })).toThrow(/square matrix/);
    expect(() => createLoss('cumulative-link', { thresholds: [1, 0] })).toThrow(/ascending/);
  });

  it('demands a recorded price for a profit', () => {
    const batch = { scores: new Float64Array(6), target: new Float64Array(2) };
    expect(() => createLoss('profit').evaluate(batch)).toThrow(/recorded prices/);
  });

  it('says which losses bias probabilities', () => {
    const biasing = lossNames.filter((name) => createLoss(name).biasesProbabilities);
    for (const name of [
      'focal',
      'focal-binary',
      'soft-f1',
      'f-beta',
      'tversky',
      'asymmetric',
      'profit',
      'sharpe',
    ]) {
      expect(biasing).toContain(name);
    }
    for (const name of [
      'cross-entropy',
      'binary-cross-entropy',
      'ranked-probability-score',
      'cumulative-link',
      'corn',
    ]) {
      expect(biasing).not.toContain(name);
    }
    expect(createLoss('cross-entropy', { labelSmoothing: 0.1 }).biasesProbabilities).toBe(true);
  });

  it('recovers the true shares with every loss about classes that says it does not bias', () => {
    // Minimise over one constant row of scores for 10 rows of known shares; the minimiser must be the shares.
    const target = Float64Array.from([0, 0, 0, 0, 0, 1, 1, 2, 2, 2]);
    for (const name of lossNames) {
      const loss = createLoss(name);
      if (loss.biasesProbabilities || (loss.family !== 'classification' && loss.family !== 'ordinal'))
        continue;
      const binary = loss.outputs(2) === 1 && loss.family === 'classification';
      if (name === 'cumulative-link') continue; // one score cannot hold three free shares
      const labels = binary ? target.map((label) => (label > 0 ? 1 : 0)) : target;
      const outputs = loss.outputs(binary ? 2 : 3);
      const constant = new Float64Array(outputs);
      for (let iteration = 0; iteration < 4000; iteration++) {
        const scores = Float64Array.from({ length: 10 * outputs }, (_, at) => constant[at % outputs]!);
        const { gradient } = derivatives(loss, { scores, target: labels });
        for (let at = 0; at < gradient.length; at++) constant[at % outputs]! -= 0.05 * gradient[at]!;
      }
      const shares = loss.predict(constant, 1);
      const wanted = binary ? [0.5, 0.5] : [0.5, 0.2, 0.3];
      wanted.forEach((share, k) => expect(shares[k], name).toBeCloseTo(share, 4));
    }
  });

  it('puts cumulative-link thresholds where a score of 0 forecasts the given shares', () => {
    const loss = createLoss('cumulative-link', { thresholds: thresholdsFromShares([0.45, 0.26, 0.29]) });
    const shares = loss.predict(new Float64Array(1), 1);
    expect(Array.from(shares, (share) => Number(share.toFixed(12)))).toEqual([0.45, 0.26, 0.29]);
  });

  it('gives zero to a profit of outcomes without a price', () => {
    const loss = createLoss('profit');
    const prices = Float64Array.from([NaN, NaN, NaN, 2, NaN, NaN]);
    const out = { gradient: new Float64Array(6), hessian: new Float64Array(6) };
    const value = loss.evaluate(
      { scores: new Float64Array(6), target: Float64Array.from([0, 0]), prices },
      out,
    );
    expect(value).toBeCloseTo(-0.25, 12); // half a unit at odds 2 won in one of two rows
    expect(out.gradient.subarray(0, 3).every((value) => Math.abs(value) === 0)).toBe(true);
  });
});
