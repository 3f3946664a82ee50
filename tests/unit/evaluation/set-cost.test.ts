import { describe, expect, it } from 'vitest';
import { setCost } from '../../../engine/football/evaluation/set-cost.ts';
import { createRandom } from '../../../engine/kernel/math/random.ts';

const options = { level: 0.8, window: 500, minimumPerClass: 20 };

/** Results drawn from known chances, ten a day; `blunt` draws what is forecast towards one third each. */
function forecasts(rows: number, blunt: number) {
  const random = createRandom(1);
  const target = new Int8Array(rows);
  const probabilities = new Float64Array(rows * 3);
  for (let i = 0; i < rows; i++) {
    const shares = [random.uniform(), random.uniform(), random.uniform()];
    const sum = shares[0]! + shares[1]! + shares[2]!;
    const noise = [random.uniform(), random.uniform(), random.uniform()];
    const u = random.uniform() * sum;
    target[i] = u < shares[0]! ? 0 : u < shares[0]! + shares[1]! ? 1 : 2;
    const said = shares.map((share, k) => (1 - blunt) * (share / sum) + blunt * noise[k]!);
    const total = said[0]! + said[1]! + said[2]!;
    said.forEach((share, k) => (probabilities[i * 3 + k] = share / total));
  }
  return {
    rows,
    day: Int32Array.from({ length: rows }, (_, i) => Math.floor(i / 10)),
    championship: new Int32Array(rows),
    target,
    probabilities,
  };
}

const all = (rows: number): number[] => Array.from({ length: rows }, (_, i) => i);

describe('the cost of prediction sets', () => {
  it('is less for forecasts that say more, at the same coverage', () => {
    const sharp = setCost(forecasts(4000, 0), all(4000), options);
    const dull = setCost(forecasts(4000, 0.6), all(4000), options);
    for (const { coverage } of [sharp, dull]) {
      for (const share of coverage) expect(Math.abs(share - 0.8)).toBeLessThan(0.04);
    }
    expect(sharp.sizeAtLevel).toBeLessThan(dull.sizeAtLevel - 0.1);
    expect(Math.abs(sharp.size - sharp.sizeAtLevel)).toBeLessThan(0.1);
  });

  it('is every class where forecasts tell matches apart in nothing', () => {
    const same = forecasts(400, 0);
    same.probabilities.fill(1 / 3);
    expect(setCost(same, all(400), options)).toMatchObject({
      size: 3,
      sizeAtLevel: 3,
      coverage: [1, 1, 1],
    });
  });

  it('counts only the rows asked for that have a history', () => {
    const some = forecasts(400, 0);
    expect(setCost(some, [0, 1, 390, 391], options).n).toBe(2);
    some.target[390] = -1;
    expect(setCost(some, [0, 1, 390, 391], options).n).toBe(1);
  });
});
