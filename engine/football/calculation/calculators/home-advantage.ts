import type { Calculator } from '../calculator.ts';

/**
 * Home advantage moves (English home wins lay between 38 and 49 % of a season), so it is a running mean of the
 * championship, in which a match `n` matches back weighs 2^(-n / halfLife).
 */
const homeAdvantageDefaults = {
  /** In matches of the championship; about two seasons of a league of twenty clubs. */
  halfLifeMatches: 760,
  /** Matches that must be known before the mean is given. */
  minimumMatches: 50,
} as const;

export function createHomeAdvantage(
  parameters: { halfLifeMatches: number; minimumMatches: number } = homeAdvantageDefaults,
) {
  const feature = (name: string, unit: string, description: string) => ({
    name,
    unit,
    description: `${description} in this championship, recent matches counting more.`,
    formula: 'Mean with weights 2^(-matches back / 760).',
    asOf: 'Played matches of the championship known at the start of the match day.',
    missing: `Fewer than ${String(parameters.minimumMatches)} matches are known.`,
  });
  return {
    name: 'homeAdvantage',
    family: 'ratings',
    parameters,
    features: [
      feature('leagueHomeGoalDifference', 'goals a match', "Home clubs' mean goal difference"),
      feature('leagueHomeWinShare', 'share, 0 to 1', 'Share of matches won by the home club'),
      feature('leagueDrawShare', 'share, 0 to 1', 'Share of matches drawn'),
    ],
    create() {
      const decay = 2 ** (-1 / parameters.halfLifeMatches);
      let weight = 0;
      let difference = 0;
      let wins = 0;
      let draws = 0;
      let matches = 0;
      return {
        before(_match, out, offset) {
          const known = matches >= parameters.minimumMatches;
          out[offset] = known ? difference / weight : NaN;
          out[offset + 1] = known ? wins / weight : NaN;
          out[offset + 2] = known ? draws / weight : NaN;
        },
        after(results) {
          // The results of a day count alike, as whole numbers, so that their order cannot show in the last digit.
          let dayDifference = 0;
          let dayWins = 0;
          let dayDraws = 0;
          for (const { homeGoals, awayGoals } of results) {
            dayDifference += homeGoals - awayGoals;
            if (homeGoals > awayGoals) dayWins++;
            else if (homeGoals === awayGoals) dayDraws++;
          }
          const keep = decay ** results.length;
          weight = weight * keep + results.length;
          difference = difference * keep + dayDifference;
          wins = wins * keep + dayWins;
          draws = draws * keep + dayDraws;
          matches += results.length;
        },
      };
    },
  } satisfies Calculator;
}
