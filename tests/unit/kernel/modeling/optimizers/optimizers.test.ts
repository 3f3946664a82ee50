import { describe, expect, it } from 'vitest';
import { createAdamW } from '../../../../../engine/kernel/modeling/optimizers/adam.ts';
import {
  createOptimizer,
  optimizerNames,
} from '../../../../../engine/kernel/modeling/optimizers/registry.ts';
import { createSchedule } from '../../../../../engine/kernel/modeling/optimizers/schedules.ts';

/** f(x, y) = (x - 3)^2 + 10 (y + 1)^2, with its gradient. */
const slope = (at: ArrayLike<number>) => [2 * (at[0]! - 3), 20 * (at[1]! + 1)];

describe('optimisers', () => {
  it.each(optimizerNames)('%s finds the bottom of an uneven bowl', (name) => {
    const optimizer = createOptimizer(name, { weightDecay: 0 });
    const parameters = Float64Array.from([0, 0]);
    const steps = 4000;
    for (let step = 0; step < steps; step++) {
      const learningRate = 0.02 * (1 - step / steps);
      optimizer.step({ parameters, gradient: Float64Array.from(slope(parameters)), learningRate });
    }
    expect(parameters[0]).toBeCloseTo(3, 3);
    expect(parameters[1]).toBeCloseTo(-1, 3);
  });

  it.each(optimizerNames)('%s repeats its steps to the bit after a reset', (name) => {
    const optimizer = createOptimizer(name);
    const run = () => {
      optimizer.reset();
      const parameters = Float32Array.from([0.3, -0.7]);
      for (let step = 0; step < 20; step++) {
        optimizer.step({ parameters, gradient: Float32Array.from(slope(parameters)), learningRate: 0.01 });
      }
      return Array.from(parameters);
    };
    expect(run()).toEqual(run());
  });

  it('takes the first two Adam steps of the paper by hand', () => {
    const adam = createOptimizer('adam');
    const parameters = Float64Array.from([1]);
    adam.step({ parameters, gradient: Float64Array.from([0.5]), learningRate: 0.1 });
    expect(parameters[0]).toBeCloseTo(1 - 0.1 * (0.5 / (0.5 + 1e-8)), 12);
    const before = parameters[0]!;
    adam.step({ parameters, gradient: Float64Array.from([-1]), learningRate: 0.1 });
    const m = (0.9 * 0.05 - 0.1) / (1 - 0.81);
    const v = (0.999 * 0.00025 + 0.001) / (1 - 0.999 ** 2);
    expect(parameters[0]).toBeCloseTo(before - (0.1 * m) / (Math.sqrt(v) + 1e-8), 12);
  });

  it('decays only the parameters that are marked, and apart from the gradient', () => {
    const adamW = createAdamW({ weightDecay: 0.5, decayed: [1, 0] });
    const parameters = Float64Array.from([2, 2]);
    adamW.step({ parameters, gradient: new Float64Array(2), learningRate: 0.1 });
    expect(Array.from(parameters)).toEqual([2 - 0.1 * 0.5 * 2, 2]);
  });

  it('lists the known optimisers when asked for an unknown one', () => {
    expect(() => createOptimizer('lion')).toThrow(/unknown optimizer lion; known: sgd, adam, adamw, rmsprop/);
  });
});

describe('learning-rate schedules', () => {
  const factors = (name: string, parameters: object, total: number) => {
    const schedule = createSchedule(name, parameters);
    return Array.from({ length: total + 1 }, (_, step) => schedule.factor({ step, totalSteps: total }));
  };

  it('follows half a cosine from 1 to its floor', () => {
    const [first, , middle, , last] = factors('cosine', { floor: 0.2 }, 4);
    expect(first).toBe(1);
    expect(middle).toBeCloseTo(0.6, 12);
    expect(last).toBeCloseTo(0.2, 12);
  });

  it('climbs over the warm-up steps and then starts the inner schedule', () => {
    const climbed = factors('cosine', { warmUpSteps: 4 }, 8);
    expect(climbed.slice(0, 4)).toEqual([0.25, 0.5, 0.75, 1]);
    expect(climbed[4]).toBe(1);
    expect(climbed[8]).toBeCloseTo(0, 12);
  });

  it('cuts the rate on a plateau, never below its floor, and counts anew after an improvement', () => {
    const plateau = createSchedule('plateau', { patience: 2, cut: 0.5, floor: 0.2, tolerance: 0 });
    const seen = [1, 0.9, 0.95, 0.95, 0.8, 0.8, 0.8, 0.8, 0.8].map((measure) => {
      plateau.observe?.(measure);
      return plateau.factor({ step: 0, totalSteps: 1 });
    });
    expect(seen).toEqual([1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.2]);
    plateau.reset?.();
    expect(plateau.factor({ step: 0, totalSteps: 1 })).toBe(1);
  });

  it('keeps the rate when the schedule is constant', () => {
    expect(factors('constant', {}, 2)).toEqual([1, 1, 1]);
  });

  it('lists the known schedules when asked for an unknown one', () => {
    expect(() => createSchedule('step')).toThrow(/known: constant, cosine, plateau/);
  });
});
