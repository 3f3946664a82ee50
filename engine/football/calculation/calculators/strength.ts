import type { Calculator, PlayedView } from '../calculator.ts';
import { createClubStates } from '../club-states.ts';

/**
 * Attack and defence on the scale of log goals, moved after every match by the score of a Poisson model (generalised
 * autoregressive score, Creal, Koopman and Lucas 2013; for football Koopman and Lit 2019), but fed with a blend of goals,
 * shots on target, shots and corners, which tells more of a performance than its goals alone. The blend's weights add up
 * to the goals of an average side.
 *
 * Chosen on the five big leagues, seasons 2005/06 to 2015/16 only (each forecast from earlier seasons, 2009/10 to 2015/16
 * scored): log loss 0.9857 for its two log odds alone, against 0.9895 for Elo, pi and shot ratings together.
 */
export const strengthDefaults = {
  /** Goals of an average side: the start of the league's level, and the unit of an error. */
  averageGoals: 1.35,
  /** Log home advantage of a league of which nothing is known. */
  homeAdvantage: 0.3,
  goalsWeight: 0.42,
  shotsOnTargetWeight: 0.065,
  shotsWeight: 0.02,
  cornersWeight: 0.045,
  /** Change of attack and defence per average side's goals of error. */
  rate: 0.032,
  /** Change of a club's own home advantage, likewise. */
  venueRate: 0.006,
  /** Change of the league's level and home advantage per match. */
  leagueRate: 0.001,
  /** How much more clubs move at the start of a season, and after how many matches that has fallen to 1 / e of it. */
  openingBoost: 0.8,
  openingMatches: 8,
  /** The same for newcomers, on top. */
  newcomerBoost: 0.5,
  newcomerMatches: 15,
} as const;

export type StrengthParameters = { readonly [Name in keyof typeof strengthDefaults]: number } & {
  /** Weights of the blend for matches with expected goals; without them those are not looked at. */
  readonly measuredGoalsWeight?: number;
  readonly expectedGoalsWeight?: number;
};

/**
 * The same rating, fed with expected goals where a match has them and with the usual blend where not. Weights of our own
 * choice before any of the data was looked at: expected goals exist only in seasons that nothing is tuned on.
 */
export const expectedGoalsStrength: StrengthVariant = {
  name: 'strengthExpected',
  blend: 'expected goals, or else goals, shots and corners',
  parameters: { ...strengthDefaults, measuredGoalsWeight: 0.3, expectedGoalsWeight: 0.7 },
};

interface StrengthVariant {
  /** The features' names begin with it. */
  readonly name: string;
  /** What the rating rests on, in words. */
  readonly blend: string;
  readonly parameters: StrengthParameters;
}

const usualStrength: StrengthVariant = {
  name: 'strength',
  blend: 'goals, shots and corners',
  parameters: strengthDefaults,
};

export interface PoissonOutcome {
  home: number;
  draw: number;
  away: number;
}

const mostGoals = 20;
const homeMass = new Float64Array(mostGoals + 1);

/** Chances of home win, draw and away win when both sides score by independent Poisson laws, up to 20 goals each. */
export function poissonOutcome(homeMean: number, awayMean: number, out: PoissonOutcome): void {
  homeMass[0] = Math.exp(-homeMean);
  for (let goals = 1; goals <= mostGoals; goals++)
    homeMass[goals] = (homeMass[goals - 1]! * homeMean) / goals;
  let awayMass = Math.exp(-awayMean);
  let homeAtMost = 0;
  out.home = 0;
  out.draw = 0;
  out.away = 0;
  for (let goals = 0; goals <= mostGoals; goals++) {
    if (goals > 0) awayMass *= awayMean / goals;
    out.away += awayMass * homeAtMost;
    out.draw += awayMass * homeMass[goals]!;
    homeAtMost += homeMass[goals]!;
    out.home += awayMass * Math.max(0, 1 - homeAtMost);
  }
}

export function createStrength(variant: StrengthVariant = usualStrength) {
  const { name, blend, parameters } = variant;
  const feature = (ending: string, unit: string, description: string) => ({
    name: name + ending,
    unit,
    description: `${description}, by attack and defence rated on ${blend}.`,
    formula:
      'Poisson means exp(level +- home advantage / 2 + attack - defence of the other); attack and defence move by 0.032 x error, more at the start of a season and for newcomers.',
    asOf: `Played matches of this championship known at the start of the match day${parameters.expectedGoalsWeight === undefined ? '' : '; expected goals count as known with the result'}.`,
    missing: 'Neither the club nor those whose place it took have played here.',
  });
  return {
    name,
    family: 'ratings',
    parameters: { ...parameters },
    features: [
      feature('GoalsHome', 'goals', 'Expected goals of the home club'),
      feature('GoalsAway', 'goals', 'Expected goals of the away club'),
      feature('HomeAway', 'log odds', 'Log of the odds of a home win against an away win'),
      feature(
        'Draw',
        'log odds',
        'Log of the odds of a draw against the geometric mean of home and away win',
      ),
    ],
    create({ clubs }) {
      // Per club: log attack, log defence, own home advantage.
      const states = createClubStates(clubs, [0, 0, 0]);
      const { values, known } = states;
      const seasonMatches = new Int32Array(clubs);
      const isNew = new Uint8Array(clubs);
      let level = Math.log(parameters.averageGoals);
      let advantage: number = parameters.homeAdvantage;
      const means = { home: 0, away: 0 };
      const outcome: PoissonOutcome = { home: 0, draw: 0, away: 0 };

      function expect(home: number, away: number): void {
        const edge = (advantage + values[3 * home + 2]!) / 2;
        means.home = Math.exp(level + edge + values[3 * home]! - values[3 * away + 1]!);
        means.away = Math.exp(level - edge + values[3 * away]! - values[3 * home + 1]!);
      }

      /** The club's rate for its next step: higher while little is known of the season's side. */
      function rateOf(club: number): number {
        const played = seasonMatches[club]!;
        const opening = parameters.openingBoost * Math.exp(-played / parameters.openingMatches);
        const fresh =
          isNew[club]! * parameters.newcomerBoost * Math.exp(-played / parameters.newcomerMatches);
        return parameters.rate * (1 + opening + fresh);
      }

      return {
        startSeason: ({ donors }) => {
          states.startSeason(donors);
          seasonMatches.fill(0);
          isNew.fill(0);
        },
        enter(club) {
          states.enter(club);
          isNew[club] = 1;
        },
        before(match, out, offset) {
          if (known[match.home] === 0 || known[match.away] === 0) {
            out.fill(NaN, offset, offset + 4);
            return;
          }
          expect(match.home, match.away);
          poissonOutcome(means.home, means.away, outcome);
          out[offset] = means.home;
          out[offset + 1] = means.away;
          out[offset + 2] = Math.log(outcome.home / outcome.away);
          out[offset + 3] = Math.log(outcome.draw / Math.sqrt(outcome.home * outcome.away));
        },
        after(results) {
          let levelError = 0;
          let advantageError = 0;
          for (const match of results) {
            const { home, away } = match.fixture;
            expect(home, away);
            const [homeCount, awayCount] = performance(match, parameters);
            const homeError = (homeCount - means.home) / parameters.averageGoals;
            const awayError = (awayCount - means.away) / parameters.averageGoals;
            const homeRate = rateOf(home);
            const awayRate = rateOf(away);
            values[3 * home]! += homeRate * homeError;
            values[3 * home + 1]! -= homeRate * awayError;
            values[3 * home + 2]! += parameters.venueRate * (homeError - awayError);
            values[3 * away]! += awayRate * awayError;
            values[3 * away + 1]! -= awayRate * homeError;
            for (const club of [home, away]) {
              seasonMatches[club]! += 1;
              known[club] = 1;
            }
            levelError += homeError + awayError;
            advantageError += (homeError - awayError) / 2;
          }
          level += parameters.leagueRate * levelError;
          advantage += parameters.leagueRate * advantageError;
        },
      };
    },
  } satisfies Calculator;
}

/** Both sides' performances in goals: the blend where the match was measured, else the goals themselves. */
function performance(match: PlayedView, weights: StrengthParameters): readonly [home: number, away: number] {
  const { measuredGoalsWeight = 0, expectedGoalsWeight = 0 } = weights;
  if (expectedGoalsWeight > 0 && !Number.isNaN(match.homeExpectedGoals + match.awayExpectedGoals)) {
    return [
      measuredGoalsWeight * match.homeGoals + expectedGoalsWeight * match.homeExpectedGoals,
      measuredGoalsWeight * match.awayGoals + expectedGoalsWeight * match.awayExpectedGoals,
    ];
  }
  const blend = (goals: number, counts: { onTarget: number; shots: number; corners: number }) =>
    weights.goalsWeight * goals +
    weights.shotsOnTargetWeight * counts.onTarget +
    weights.shotsWeight * counts.shots +
    weights.cornersWeight * counts.corners;
  const home = blend(match.homeGoals, {
    onTarget: match.homeShotsOnTarget,
    shots: match.homeShots,
    corners: match.homeCorners,
  });
  const away = blend(match.awayGoals, {
    onTarget: match.awayShotsOnTarget,
    shots: match.awayShots,
    corners: match.awayCorners,
  });
  return Number.isNaN(home + away) ? [match.homeGoals, match.awayGoals] : [home, away];
}
