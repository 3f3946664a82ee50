import { describe, expect, it } from 'vitest';
import { createEarlyStopping } from '../../../../../engine/kernel/modeling/callbacks/early-stopping.ts';
import { createExperimentLogger } from '../../../../../engine/kernel/modeling/callbacks/experiment-logger.ts';
import type { LoggedMeasure } from '../../../../../engine/kernel/modeling/callbacks/experiment-logger.ts';
import { createLearningRateCallback } from '../../../../../engine/kernel/modeling/callbacks/learning-rate-schedule.ts';
import { createModelCheckpoint } from '../../../../../engine/kernel/modeling/callbacks/model-checkpoint.ts';
import { createProgressBar } from '../../../../../engine/kernel/modeling/callbacks/progress-bar.ts';
import type { TrainingCallback } from '../../../../../engine/kernel/modeling/estimator.ts';
import { createMatrix, selectRows } from '../../../../../engine/kernel/modeling/matrix.ts';
import { createEstimator } from '../../../../../engine/kernel/modeling/registry.ts';
import { createSchedule } from '../../../../../engine/kernel/modeling/optimizers/schedules.ts';

/** Plays a training of the given validation losses; answers the number of epochs that ran. */
function play(
  callback: TrainingCallback,
  losses: readonly number[],
  duringEpoch: (epoch: number) => void = () => {},
): number {
  callback.onTrainBegin?.(losses.length);
  let ran = 0;
  for (const [epoch, validationLoss] of losses.entries()) {
    callback.onEpochBegin?.(epoch);
    duringEpoch(epoch);
    ran++;
    if (callback.onEpochEnd?.({ epoch, total: losses.length, measures: { validationLoss } }) === 'stop')
      break;
  }
  callback.onTrainEnd?.();
  return ran;
}

describe('early stopping', () => {
  it('stops when the measure has not improved for its patience, and knows the best epoch', () => {
    const stopping = createEarlyStopping({ patience: 2 });
    expect(play(stopping, [1, 0.8, 0.9, 0.85, 0.7])).toBe(4);
    expect(stopping.bestEpoch).toBe(1);
    expect(stopping.stoppedEpoch).toBe(3);
  });

  it('does not count an improvement within the tolerance', () => {
    expect(play(createEarlyStopping({ patience: 2, tolerance: 0.1 }), [1, 0.95, 0.92, 0.5])).toBe(3);
  });

  it('watches a measure of which more is better', () => {
    const stopping = createEarlyStopping({ measure: 'validationLoss', better: 'higher', patience: 1 });
    expect(play(stopping, [0.5, 0.6, 0.4, 0.9])).toBe(3);
    expect(stopping.bestEpoch).toBe(1);
  });

  it('stops at once when the loss is not a number', () => {
    expect(play(createEarlyStopping({ patience: 50 }), [1, NaN, 0.5])).toBe(2);
  });

  it('forgets an earlier training', () => {
    const stopping = createEarlyStopping({ patience: 1 });
    play(stopping, [0.1, 0.2]);
    expect(play(stopping, [3, 2, 1])).toBe(3);
    expect(stopping.stoppedEpoch).toBeUndefined();
  });

  it('finds the validation loss of boosting by itself, under whatever name', async () => {
    const features = createMatrix(
      60,
      ['x'],
      Float64Array.from({ length: 60 }, (_, i) => Math.sin(i)),
    );
    const target = Float64Array.from({ length: 60 }, (_, i) => (Math.cos(7 * i) > 0 ? 1 : 0));
    const boosting = createEstimator('gradient-boosting', { nEstimators: 80 });
    const stopping = createEarlyStopping({ patience: 3 });
    const [first, later] = [[...Array(40).keys()], [40, 43, 46, 49, 52, 55, 58]];
    const pick = (rows: number[]) => ({
      features: selectRows(features, rows),
      target: Float64Array.from(rows, (row) => target[row]!),
    });
    await boosting.fit(pick(first).features, pick(first).target, {
      validation: pick(later),
      callbacks: [stopping],
    });
    expect(stopping.stoppedEpoch).toBeLessThan(79);
    expect(stopping.stoppedEpoch! - stopping.bestEpoch).toBe(3);
  });

  it('names the measures there are when it watches one that is not there', () => {
    expect(() => play(createEarlyStopping({ measure: 'accuracy' }), [1])).toThrow(
      /no measure accuracy.*validationLoss/,
    );
  });
});

describe('model checkpoint', () => {
  const kept = (losses: readonly number[], keep: 'best' | number) => {
    const epochs: number[] = [];
    let weights = -1;
    const checkpoint = createModelCheckpoint({
      snapshot: () => weights,
      store: (taken) => epochs.push(taken),
      keep,
    });
    play(checkpoint, losses, (epoch) => (weights = epoch));
    return epochs;
  };

  it('stores the model at each improvement', () => {
    expect(kept([1, 0.8, 0.9, 0.7], 'best')).toEqual([0, 1, 3]);
  });

  it('stores the model every so many epochs', () => {
    expect(kept([1, 1, 1, 1, 1], 2)).toEqual([1, 3]);
  });

  it('lets the error of its store end the training', () => {
    const store = () => {
      throw new Error('disk full');
    };
    expect(() => play(createModelCheckpoint({ snapshot: () => 0, store }), [1])).toThrow('disk full');
  });
});

describe('experiment logger', () => {
  it('sends every measure with its step', () => {
    const sent: LoggedMeasure[] = [];
    play(
      createExperimentLogger((measures) => sent.push(...measures), { prefix: 'fold1.' }),
      [1, 0.5],
    );
    expect(sent).toEqual([
      { name: 'fold1.validationLoss', step: 0, value: 1 },
      { name: 'fold1.validationLoss', step: 1, value: 0.5 },
    ]);
  });

  it('thins the steps but always sends the last', () => {
    const steps: number[] = [];
    play(
      createExperimentLogger((measures) => steps.push(measures[0]!.step), { every: 3 }),
      [1, 1, 1, 1, 1],
    );
    expect(steps).toEqual([0, 3, 4]);
  });
});

describe('progress bar', () => {
  it('reports each epoch of the total, and the whole when training ends early', () => {
    const reports: number[][] = [];
    const bar = createProgressBar((done, total) => reports.push([done, total]));
    bar.onTrainBegin?.(10);
    bar.onEpochEnd?.({ epoch: 0, total: 10, measures: {} });
    bar.onTrainEnd?.();
    expect(reports).toEqual([
      [0, 10],
      [1, 10],
      [10, 10],
    ]);
  });
});

describe('learning-rate schedule', () => {
  it('sets the factor before each epoch and gives the base rate back at the end', () => {
    const control = { factor: 1 };
    const seen: number[] = [];
    play(createLearningRateCallback(createSchedule('cosine'), control), [1, 1], () =>
      seen.push(control.factor),
    );
    expect(seen[0]).toBe(1);
    expect(seen[1]).toBeCloseTo(0.5, 12);
    expect(control.factor).toBe(1);
  });

  it('lets a plateau see the watched measure', () => {
    const control = { factor: 1 };
    const seen: number[] = [];
    const callback = createLearningRateCallback(createSchedule('plateau', { patience: 1 }), control);
    play(callback, [1, 2, 2], () => seen.push(control.factor));
    expect(seen).toEqual([1, 1, 0.5]);
  });
});
