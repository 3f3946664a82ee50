import { factorialPart, fillPoisson, fillProduct } from './law.ts';
import type { LawRows, ScoreLaw } from './law.ts';

/** Two independent Poisson counts (Maher 1982). */
export const poisson: ScoreLaw = {
  name: 'poisson',
  parameters: [],
  bind(rows) {
    const constant = factorialPart(rows);
    return () => evaluatePoisson(rows) - constant;
  },
  fill(cells, size, { home, away }) {
    const homeMass = new Float64Array(size);
    const awayMass = new Float64Array(size);
    fillPoisson(homeMass, home);
    fillPoisson(awayMass, away);
    fillProduct(cells, homeMass, awayMass);
  },
};

/** The independent Poisson part of a log likelihood without its factorials, with its slopes. */
export function evaluatePoisson(rows: LawRows): number {
  const { weights, home, away, logHome, logAway, homeGoals, awayGoals, homeSlope, awaySlope } = rows;
  let total = 0;
  for (let i = 0; i < rows.rows; i++) {
    const weight = weights[i]!;
    const x = homeGoals[i]!;
    const y = awayGoals[i]!;
    const h = home[i]!;
    const a = away[i]!;
    total += weight * (x * logHome[i]! - h + y * logAway[i]! - a);
    homeSlope[i] = weight * (x - h);
    awaySlope[i] = weight * (y - a);
  }
  return total;
}
