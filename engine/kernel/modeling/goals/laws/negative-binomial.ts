import { factorialPart, fillProduct } from './law.ts';
import type { ScoreLaw } from './law.ts';

/**
 * Two independent negative binomial counts (Cameron and Trivedi's NB2): mean m, variance m + exp(logDispersion) m^2.
 * Poisson is its limit, which football is close to; a weak prior keeps `logDispersion` from drifting there for ever.
 */
export const negativeBinomial: ScoreLaw = {
  name: 'negative-binomial',
  parameters: [{ name: 'logDispersion', start: -3, prior: { mean: -3.5, precision: 0.05 } }],
  bind(rows) {
    const constant = factorialPart(rows);
    const { weights, league, home, away, logHome, logAway } = rows;
    const { homeGoals, awayGoals, homeSlope, awaySlope } = rows;
    const dispersions = new Float64Array(rows.leagues);
    const byDispersion = new Float64Array(rows.leagues);
    return (extras, extraSlopes) => {
      for (let l = 0; l < rows.leagues; l++) dispersions[l] = Math.exp(extras[l]!);
      byDispersion.fill(0);
      let total = -constant;
      for (let i = 0; i < rows.rows; i++) {
        const of = league[i]!;
        const weight = weights[i]!;
        const dispersion = dispersions[of]!;
        const x = homeGoals[i]!;
        const y = awayGoals[i]!;
        const h = dispersion * home[i]!;
        const a = dispersion * away[i]!;
        const logHomeFactor = Math.log1p(h);
        const logAwayFactor = Math.log1p(a);
        let value = x * logHome[i]! - (x + 1 / dispersion) * logHomeFactor;
        value += y * logAway[i]! - (y + 1 / dispersion) * logAwayFactor;
        let slope = 0;
        for (let k = 1; k < x; k++) {
          value += Math.log1p(dispersion * k);
          slope += k / (1 + dispersion * k);
        }
        for (let k = 1; k < y; k++) {
          value += Math.log1p(dispersion * k);
          slope += k / (1 + dispersion * k);
        }
        slope += home[i]! ** 2 * curve(h, logHomeFactor) - (x * home[i]!) / (1 + h);
        slope += away[i]! ** 2 * curve(a, logAwayFactor) - (y * away[i]!) / (1 + a);
        total += weight * value;
        homeSlope[i] = (weight * (x - home[i]!)) / (1 + h);
        awaySlope[i] = (weight * (y - away[i]!)) / (1 + a);
        byDispersion[of]! += weight * slope;
      }
      for (let l = 0; l < rows.leagues; l++) extraSlopes[l]! += byDispersion[l]! * dispersions[l]!;
      return total;
    };
  },
  fill(cells, size, { home, away, extras }) {
    const dispersion = Math.exp(extras[0]!);
    const homeMass = new Float64Array(size);
    const awayMass = new Float64Array(size);
    fillNegativeBinomial(homeMass, home, dispersion);
    fillNegativeBinomial(awayMass, away, dispersion);
    fillProduct(cells, homeMass, awayMass);
  },
};

/** (ln(1 + u) - u / (1 + u)) / u^2, by its series where the difference would lose digits. */
function curve(u: number, logOnePlus: number): number {
  if (u > 0.01) return (logOnePlus - u / (1 + u)) / (u * u);
  return 1 / 2 - u * (2 / 3 - u * (3 / 4 - u * (4 / 5 - u * (5 / 6 - (u * 6) / 7))));
}

function fillNegativeBinomial(out: Float64Array, mean: number, dispersion: number): void {
  const factor = mean / (1 + dispersion * mean);
  out[0] = Math.exp(-Math.log1p(dispersion * mean) / dispersion);
  for (let k = 1; k < out.length; k++) out[k] = (out[k - 1]! * factor * (1 + dispersion * (k - 1))) / k;
}
