import {
  distributionMean,
  goalDistribution,
  outcomeProbabilities,
} from '../../../kernel/goals/score-grid.ts';
import { fitGoalModel, intensitiesOf, lawParametersOf } from '../../../kernel/modeling/goals/fit.ts';
import type { GoalFit } from '../../../kernel/modeling/goals/fit.ts';
import { gridOfLaw } from '../../../kernel/modeling/goals/grid.ts';
import { scoreLaws } from '../../../kernel/modeling/goals/laws/registry.ts';
import type { Calculator } from '../calculator.ts';
import { bothSides, playedHere } from '../sides.ts';

/** Half-life and ridge are the goal model's; a match beyond the window would weigh less than a sixteenth. */
const fitting = {
  halfLifeDays: 310,
  ridge: 3,
  windowDays: 1240,
  minimumMatches: 60,
  tolerance: 0.01,
} as const;

/** Fits that share one scaling: making it costs as much as several steps, and it ages slowly. */
const scalingFits = 10;

/** What a fit needs of a match; the match itself, with its table, need not be kept for years. */
interface Score {
  readonly day: number;
  readonly home: number;
  readonly away: number;
  readonly homeGoals: number;
  readonly awayGoals: number;
}

interface LawFeatures {
  readonly law: 'dixon-coles' | 'bivariate-poisson';
  /** What the features' names begin with. */
  readonly prefix: string;
  readonly title: string;
}

export const dixonColes: LawFeatures = { law: 'dixon-coles', prefix: 'dixonColes', title: 'Dixon-Coles' };
export const bivariatePoisson: LawFeatures = {
  law: 'bivariate-poisson',
  prefix: 'bivariate',
  title: 'bivariate Poisson',
};

const missing =
  'Fewer than 60 matches of the last 1,240 days are known here, or a club has played none of them.';

/**
 * Attack and defence of every club by penalised maximum likelihood, older matches weighing less (Dixon & Coles 1997;
 * Karlis & Ntzoufras 2003 for the bivariate law), as what they expect of a match. Fitted anew before the first match day of
 * each calendar month; each fit begins from the one before.
 */
export function createGoalLaw({ law: name, prefix, title }: LawFeatures) {
  const law = scoreLaws[name];
  return {
    name: prefix,
    family: 'ratings',
    parameters: { law: name, ...fitting },
    features: [
      ...bothSides(playedHere, [
        {
          name: `${prefix}Goals`,
          unit: 'goals',
          description: `expected goals by the ${title} model`,
          formula:
            'Maximum likelihood of attacks, defences and home advantage, half-life 310 days, ridge 3, refitted each month.',
          missing,
        },
      ]),
      {
        name: `${prefix}Draw`,
        unit: 'probability, 0 to 1',
        description: `Chance of a draw by the ${title} model.`,
        formula: 'Sum over equal scores of the grid of this model.',
        asOf: playedHere,
        missing,
      },
    ],
    create({ clubs }) {
      let played: Score[] = [];
      const known = new Uint8Array(clubs);
      let month = NaN;
      let fit: GoalFit | undefined;
      let age = 0;

      function refit(day: number): void {
        const from = day - fitting.windowDays;
        played = played.filter((score) => score.day >= from);
        const rows = played
          .filter((score) => score.day < day)
          .sort((a, b) => a.day - b.day || a.home - b.home || a.away - b.away);
        known.fill(0);
        if (rows.length < fitting.minimumMatches) {
          fit = undefined;
          return;
        }
        for (const { home, away } of rows) known[home] = known[away] = 1;
        const matches = {
          home: Int32Array.from(rows, ({ home }) => home),
          away: Int32Array.from(rows, ({ away }) => away),
          homeGoals: Uint8Array.from(rows, ({ homeGoals }) => homeGoals),
          awayGoals: Uint8Array.from(rows, ({ awayGoals }) => awayGoals),
          day: Int32Array.from(rows, (score) => score.day),
        };
        const { halfLifeDays, ridge, tolerance } = fitting;
        age = fit && age < scalingFits ? age + 1 : 1;
        fit = fitGoalModel(matches, {
          ...{ law: name, clubs, halfLifeDays, ridge, tolerance, day },
          start: fit?.parameters.vector,
          scaling: age < scalingFits ? fit?.scaling : undefined,
        });
      }

      return {
        before({ day, home, away }, out, offset) {
          const date = new Date(day * 86_400_000);
          const now = date.getUTCFullYear() * 12 + date.getUTCMonth();
          if (now !== month) refit(day);
          month = now;
          if (!fit || known[home] === 0 || known[away] === 0) {
            out.fill(NaN, offset, offset + 3);
            return;
          }
          const grid = gridOfLaw(law, {
            ...intensitiesOf(fit, { home, away }),
            extras: lawParametersOf(fit),
          });
          out[offset] = distributionMean(goalDistribution(grid, 'home'));
          out[offset + 1] = distributionMean(goalDistribution(grid, 'away'));
          out[offset + 2] = outcomeProbabilities(grid)[1];
        },
        after(results) {
          for (const { fixture, homeGoals, awayGoals } of results) {
            const { day, home, away } = fixture;
            played.push({ day, home, away, homeGoals, awayGoals });
          }
        },
      };
    },
  } satisfies Calculator;
}
