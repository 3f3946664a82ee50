import { factorialPart, fillPoisson } from './law.ts';
import type { ScoreLaw } from './law.ts';

/**
 * Two Poisson counts that share a third one (Karlis and Ntzoufras 2003, "Analysis of sports data by using bivariate
 * Poisson models", section 2.1): home goals = U + W, away goals = V + W with means `home`, `away` and exp(logShared).
 * The expected goals of a side are therefore its intensity plus the shared one. The covariance cannot be negative; where
 * the goals know none, a weak prior keeps `logShared` from drifting to minus infinity.
 */
export const bivariatePoisson: ScoreLaw = {
  name: 'bivariate-poisson',
  parameters: [{ name: 'logShared', start: -2.5, prior: { mean: -3, precision: 0.05 } }],
  bind(rows) {
    const constant = factorialPart(rows);
    const { weights, league, home, away, logHome, logAway } = rows;
    const { homeGoals, awayGoals, homeSlope, awaySlope } = rows;
    const shared = new Float64Array(rows.leagues);
    return (extras, extraSlopes) => {
      for (let l = 0; l < shared.length; l++) shared[l] = Math.exp(extras[l]!);
      let total = -constant;
      for (let i = 0; i < rows.rows; i++) {
        const of = league[i]!;
        const weight = weights[i]!;
        const x = homeGoals[i]!;
        const y = awayGoals[i]!;
        const h = home[i]!;
        const a = away[i]!;
        const both = shared[of]!;
        const most = x < y ? x : y;
        let sum = 1;
        let moment = 0;
        if (most > 0) {
          const ratio = both / (h * a);
          let term = 1;
          for (let k = 0; k < most; k++) {
            term *= (ratio * (x - k) * (y - k)) / (k + 1);
            sum += term;
            moment += (k + 1) * term;
          }
        }
        // How many of the goals are expected to be shared ones, given the score.
        const expected = moment / sum;
        total += weight * (x * logHome[i]! - h + y * logAway[i]! - a - both + Math.log(sum));
        homeSlope[i] = weight * (x - h - expected);
        awaySlope[i] = weight * (y - a - expected);
        extraSlopes[of]! += weight * (expected - both);
      }
      return total;
    };
  },
  fill(cells, size, { home, away, extras }) {
    const homeMass = new Float64Array(size);
    const awayMass = new Float64Array(size);
    const sharedMass = new Float64Array(size);
    fillPoisson(homeMass, home);
    fillPoisson(awayMass, away);
    fillPoisson(sharedMass, Math.exp(extras[0]!));
    for (let h = 0; h < size; h++) {
      for (let a = 0; a < size; a++) {
        let total = 0;
        for (let k = Math.min(h, a); k >= 0; k--)
          total += sharedMass[k]! * homeMass[h - k]! * awayMass[a - k]!;
        cells[h * size + a] = total;
      }
    }
  },
};
