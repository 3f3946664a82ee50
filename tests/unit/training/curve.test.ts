import { expect, it } from 'vitest';
import { createCurve, curveWriter, newPoints } from '../../../engine/football/training/curve.ts';

it('hands over each round once, while more of them arrive', () => {
  const curve = createCurve();
  const told: number[] = [];
  const writer = curveWriter(curve, (done) => told.push(done));
  writer.onTrainBegin?.(3);
  writer.onEpochEnd?.({ epoch: 0, total: 3, measures: { train_mlogloss: 1.1, validation_mlogloss: 1.2 } });
  const first = newPoints(curve, { fold: '2024/25', seen: 0 });
  expect(first).toEqual({
    seen: 1,
    points: [
      { name: 'training/2024/25', step: 0, value: 1.1 },
      { name: 'validation/2024/25', step: 0, value: 1.2 },
    ],
  });
  writer.onEpochEnd?.({ epoch: 1, total: 3, measures: { trainingLoss: 1, validationLoss: 1.15 } });
  const second = newPoints(curve, { fold: '2024/25', seen: first.seen });
  expect(second.points.map(({ step, value }) => [step, value])).toEqual([
    [1, 1],
    [1, 1.15],
  ]);
  expect(told).toEqual([1, 2]);
});

it('leaves out what a family does not measure', () => {
  const curve = createCurve();
  curveWriter(curve, () => undefined).onEpochEnd?.({ epoch: 0, total: 1, measures: { trainingLoss: 1 } });
  expect(newPoints(curve, { fold: 'a', seen: 0 }).points).toEqual([
    { name: 'training/a', step: 0, value: 1 },
  ]);
});
