import { factorialPart } from './law.ts';
import type { LawRows, ScoreLaw } from './law.ts';
import { evaluatePoisson, poisson } from './poisson.ts';

/**
 * Independent Poisson counts whose four lowest scores are bent by rho (Dixon and Coles 1997, "Modelling association
 * football scores and inefficiencies in the football betting market", section 4.1): the factor is 1 - home * away * rho
 * for 0:0, 1 + home * rho for 0:1, 1 + away * rho for 1:0, 1 - rho for 1:1. A negative rho makes more draws.
 */
export const dixonColes: ScoreLaw = {
  name: 'dixon-coles',
  parameters: [{ name: 'rho', start: -0.05 }],
  bind(rows) {
    const constant = factorialPart(rows);
    const low = lowScores(rows);
    return (extras, extraSlopes) => evaluatePoisson(rows) - constant + bend(rows, low, extras, extraSlopes);
  },
  fill(cells, size, { home, away, extras }) {
    poisson.fill(cells, size, { home, away, extras });
    const rho = extras[0]!;
    // An intensity far above those of the fit could make a factor negative; such a score is then impossible.
    cells[0]! *= Math.max(0, 1 - home * away * rho);
    cells[1]! *= Math.max(0, 1 + home * rho);
    cells[size]! *= Math.max(0, 1 + away * rho);
    cells[size + 1]! *= Math.max(0, 1 - rho);
  },
};

/** The rows whose score is bent. */
function lowScores({ rows, homeGoals, awayGoals }: LawRows): Int32Array {
  let count = 0;
  for (let i = 0; i < rows; i++) if ((homeGoals[i]! | awayGoals[i]!) <= 1) count++;
  const low = new Int32Array(count);
  for (let i = 0, to = 0; i < rows; i++) if ((homeGoals[i]! | awayGoals[i]!) <= 1) low[to++] = i;
  return low;
}

/** Adds what the bent scores change: their weighted log factors and the slopes of these. */
function bend(rows: LawRows, low: Int32Array, extras: Float64Array, extraSlopes: Float64Array): number {
  const { weights, league, home, away, homeGoals, awayGoals, homeSlope, awaySlope } = rows;
  let total = 0;
  for (let k = 0; k < low.length; k++) {
    const i = low[k]!;
    const of = league[i]!;
    const rho = extras[of]!;
    const weight = weights[i]!;
    const h = homeGoals[i] === 0;
    const a = awayGoals[i] === 0;
    // d factor / d rho; the log intensities that stand in it move the factor by rho times that.
    const byRho = h ? (a ? -home[i]! * away[i]! : home[i]!) : a ? away[i]! : -1;
    const factor = 1 + rho * byRho;
    if (!(factor > 0)) return -Infinity;
    total += weight * Math.log(factor);
    const slope = (weight * byRho) / factor;
    extraSlopes[of]! += slope;
    if (h) homeSlope[i]! += rho * slope;
    if (a) awaySlope[i]! += rho * slope;
  }
  return total;
}
