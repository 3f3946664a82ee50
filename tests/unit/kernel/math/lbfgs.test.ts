import { describe, expect, test } from 'vitest';
import { minimize, withNumericalGradient } from '../../../../engine/kernel/math/optimize/lbfgs.ts';
import type { Objective } from '../../../../engine/kernel/math/optimize/lbfgs.ts';
import { golden, hasGolden } from '../../../fixtures/golden.ts';

const rosenbrock: Objective = (x, gradient) => {
  const [a, b] = [x[0]!, x[1]!];
  gradient[0] = -2 * (1 - a) - 400 * a * (b - a * a);
  gradient[1] = 200 * (b - a * a);
  return (1 - a) ** 2 + 100 * (b - a * a) ** 2;
};

describe('minimize', () => {
  test('finds the bottom of the Rosenbrock valley to the last digits', () => {
    const result = minimize(rosenbrock, Float64Array.of(-1.2, 1), { tolerance: 1e-11 });
    expect(result.converged).toBe(true);
    expect(result.x[0]).toBeCloseTo(1, 10);
    expect(result.x[1]).toBeCloseTo(1, 10);
    expect(result.evaluations).toBeLessThan(80);
  });

  test('leaves the start as it was and says why it stopped', () => {
    const start = Float64Array.of(-1.2, 1);
    expect(minimize(rosenbrock, start, { maxIterations: 3 }).reason).toBe('iterations');
    expect(minimize(rosenbrock, start, { onIteration: () => 'stop' }).iterations).toBe(1);
    expect([...start]).toEqual([-1.2, 1]);
  });

  test('steps back from where the objective is infinite', () => {
    const barrier: Objective = (x, gradient) => {
      gradient[0] = 1 - 1 / x[0]!;
      return x[0]! > 0 ? x[0]! - Math.log(x[0]!) : Infinity;
    };
    const result = minimize(barrier, Float64Array.of(30), { tolerance: 1e-10 });
    expect(result.x[0]).toBeCloseTo(1, 9);
  });

  test('refuses a start without a finite value', () => {
    expect(() => minimize(() => NaN, Float64Array.of(1))).toThrow(/NaN at the start/);
  });

  test('reports a wrong gradient as stalled and not as converged', () => {
    const wrong: Objective = (x, gradient) => {
      gradient[0] = -2 * x[0]!;
      return x[0]! * x[0]!;
    };
    expect(minimize(wrong, Float64Array.of(3)).converged).toBe(false);
  });

  test('a numerical gradient is close enough to converge', () => {
    const result = minimize(
      withNumericalGradient((x) => (x[0]! - 3) ** 2 + 2 * (x[1]! + 1) ** 4),
      Float64Array.of(0, 0),
      { tolerance: 1e-7 },
    );
    expect(result.x[0]).toBeCloseTo(3, 6);
  });

  test.skipIf(!hasGolden)('reaches the exact multinomial logistic optimum of the golden file', () => {
    const file = golden<{
      inputs: { x: number[][]; y: number[] };
      expected: Record<'multinomial_logistic_C_1', { objective_exact: number; coef_exact: number[][] }>;
    }>('learning');
    const { x, y } = file.inputs;
    const objective: Objective = (w, gradient) => {
      gradient.fill(0);
      let loss = 0;
      for (let k = 0; k < 3; k++) {
        for (let j = 0; j < 5; j++) {
          loss += w[k * 6 + j]! ** 2 / 2;
          gradient[k * 6 + j] = w[k * 6 + j]!;
        }
      }
      x.forEach((row, i) => {
        const z = [0, 1, 2].map((k) => w[k * 6 + 5]! + row.reduce((s, v, j) => s + v * w[k * 6 + j]!, 0));
        const top = Math.max(...z);
        const total = z.reduce((s, v) => s + Math.exp(v - top), 0);
        loss += top + Math.log(total) - z[y[i]!]!;
        for (let k = 0; k < 3; k++) {
          const d = Math.exp(z[k]! - top) / total - (y[i] === k ? 1 : 0);
          row.forEach((v, j) => (gradient[k * 6 + j]! += d * v));
          gradient[k * 6 + 5]! += d;
        }
      });
      return loss;
    };
    const result = minimize(objective, new Float64Array(18), { tolerance: 1e-9 });
    const expected = file.expected.multinomial_logistic_C_1;
    expect(result.converged).toBe(true);
    expect(Math.abs(result.value - expected.objective_exact)).toBeLessThan(1e-10);
    for (let k = 0; k < 3; k++) {
      for (let j = 0; j < 5; j++) {
        expect(Math.abs(result.x[k * 6 + j]! - expected.coef_exact[k]![j]!)).toBeLessThan(1e-9);
      }
    }
  });
});
