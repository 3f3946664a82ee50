import { frankCopula, frankRectangle } from './frank-copula.ts';
import type { CopulaPoint, CopulaRectangle } from './frank-copula.ts';
import type { LawRows, ScoreLaw } from './law.ts';
import { createWeibullCount } from './weibull-count.ts';

/** A score less likely than this is beyond the accuracy of the series; it counts as this much and pulls at nothing. */
const leastProbability = 1e-9;

/**
 * Weibull count marginals joined by Frank's copula (Boshnakov, Kharrat and McHale 2017, "A bivariate Weibull count model
 * for forecasting association football scores"). `logShape` 0 is Poisson; `dependence` above 0 makes the two sides'
 * goals rise and fall together. Intensities are the rates of the Weibull waits: the means of a grid only at shape 1.
 */
export const weibullCopula: ScoreLaw = {
  name: 'weibull-copula',
  parameters: [
    { name: 'logShape', start: 0, prior: { mean: 0, precision: 1 } },
    { name: 'dependence', start: 0, prior: { mean: 0, precision: 0.01 } },
  ],
  bind(rows) {
    const order = rowsByLeague(rows);
    const most = rows.homeGoals.reduce((top, goals, i) => Math.max(top, goals, rows.awayGoals[i]!), 0);
    const count = createWeibullCount(most);
    const rectangle: CopulaRectangle = {
      value: 0,
      byUpperU: 0,
      byLowerU: 0,
      byUpperV: 0,
      byLowerV: 0,
      byDependence: 0,
    };
    const h = new Float64Array(6);
    const a = new Float64Array(6);
    const u = new Float64Array(2);
    const v = new Float64Array(2);

    return (extras, extraSlopes) => {
      const { weights, home, away, homeGoals, awayGoals, homeSlope, awaySlope, league } = rows;
      let total = 0;
      let largest = 0;
      for (let i = 0; i < rows.rows; i++) largest = Math.max(largest, home[i]!, away[i]!);
      let of = -1;
      let dependence = 0;
      let shape = 1;
      for (let k = 0; k < order.length; k++) {
        const i = order[k]!;
        if (league[i]! !== of) {
          of = league[i]!;
          shape = Math.exp(extras[of]!);
          dependence = extras[rows.leagues + of]!;
          if (!(shape > 0.4 && shape < 3) || !(Math.abs(dependence) < 20)) return -Infinity;
          count.setShape(shape, largest);
          if (!count.reaches(largest)) return -Infinity;
        }
        count.evaluate(homeGoals[i]!, home[i]!, h);
        count.evaluate(awayGoals[i]!, away[i]!, a);
        u[0] = Math.min(1, h[0]!);
        u[1] = h[3]!;
        v[0] = Math.min(1, a[0]!);
        v[1] = a[3]!;
        frankRectangle(u, v, dependence, rectangle);
        const weight = weights[i]!;
        const probability = rectangle.value;
        if (!(probability > leastProbability)) {
          total += weight * Math.log(leastProbability);
          homeSlope[i] = 0;
          awaySlope[i] = 0;
          continue;
        }
        const scale = weight / probability;
        total += weight * Math.log(probability);
        const { byUpperU, byLowerU, byUpperV, byLowerV } = rectangle;
        homeSlope[i] = scale * (byUpperU * h[1]! + byLowerU * h[4]!);
        awaySlope[i] = scale * (byUpperV * a[1]! + byLowerV * a[4]!);
        const byShape = byUpperU * h[2]! + byLowerU * h[5]! + byUpperV * a[2]! + byLowerV * a[5]!;
        extraSlopes[of]! += scale * byShape * shape;
        extraSlopes[rows.leagues + of]! += scale * rectangle.byDependence;
      }
      return total;
    };
  },
  fill(cells, size, { home, away, extras }) {
    const count = createWeibullCount(size - 1);
    count.setShape(Math.exp(extras[0]!), Math.max(home, away));
    if (!count.reaches(Math.max(home, away))) {
      throw new RangeError(`intensities of ${home} and ${away} are beyond what the Weibull series can tell`);
    }
    const u = distribution(count, size, home);
    const v = distribution(count, size, away);
    const point: CopulaPoint = { value: 0, byU: 0, byV: 0, byDependence: 0 };
    const joint = new Float64Array((size + 1) * (size + 1));
    for (let h = 0; h <= size; h++) {
      for (let a = 0; a <= size; a++) {
        frankCopula(u[h]!, v[a]!, extras[1]!, point);
        joint[h * (size + 1) + a] = point.value;
      }
    }
    for (let h = 0; h < size; h++) {
      for (let a = 0; a < size; a++) {
        const at = h * (size + 1) + a;
        const above = joint[at + size + 2]! - joint[at + size + 1]!;
        cells[h * size + a] = Math.max(0, above - (joint[at + 1]! - joint[at]!));
      }
    }
  },
};

/** P(count < n) for n = 0 to size, never falling. */
function distribution(
  count: ReturnType<typeof createWeibullCount>,
  size: number,
  intensity: number,
): Float64Array {
  const at = new Float64Array(6);
  const out = new Float64Array(size + 1);
  for (let n = 0; n < size; n++) {
    count.evaluate(n, intensity, at);
    out[n + 1] = Math.min(1, Math.max(out[n]!, at[0]!));
  }
  return out;
}

/** Rows grouped by league, so that the coefficients are made once a league. */
function rowsByLeague(rows: LawRows): Int32Array {
  const order = Int32Array.from({ length: rows.rows }, (_, i) => i);
  return rows.leagues === 1 ? order : order.sort((x, y) => rows.league[x]! - rows.league[y]! || x - y);
}
