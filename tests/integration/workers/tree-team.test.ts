import { expect, it } from 'vitest';
import { createRandom } from '../../../engine/kernel/math/random.ts';
import { createMatrix } from '../../../engine/kernel/modeling/matrix.ts';
import { createGradientBoosting } from '../../../engine/kernel/modeling/tree/gradient-boosting.ts';
import { createTreeTeam } from '../../../engine/workers/tree-team.ts';

it('grows the same trees to the bit on one thread and on three', async () => {
  const random = createRandom(1);
  const values = new Float64Array(600 * 31).map(() => (random.uniform() < 0.05 ? NaN : random.normal()));
  const features = createMatrix(
    600,
    Array.from({ length: 31 }, (_, j) => `x${j}`),
    values,
  );
  const target = Float64Array.from({ length: 600 }, (_, i) =>
    (values[i * 31] ?? 0) + random.normal() > 0.3 ? 0 : random.integer(3),
  );
  const fit = async (nJobs: number) => {
    const model = createGradientBoosting({ nEstimators: 8, subsample: 0.8, nJobs });
    await model.fit(features, target, { team: createTreeTeam });
    return model;
  };
  const alone = await fit(1);
  const together = await fit(3);
  expect(together.ensemble()).toEqual(alone.ensemble());
  expect(together.predictProbability(features)).toEqual(alone.predictProbability(features));
});
