import type { Calculator } from '../calculator.ts';

const asOf = 'Played matches of this season known at the start of the match day.';

/** Days since each club last played here, and whether it is new to the championship. */
export const schedule: Calculator = {
  name: 'schedule',
  family: 'context',
  parameters: {},
  features: [
    ...(['Home', 'Away'] as const).map((side) => ({
      name: `restDays${side}`,
      unit: 'days',
      description: `${side} club's days since its last played match of this championship and season.`,
      asOf,
      missing: 'The club has not played in this season yet: a summer is not rest between matches.',
    })),
    ...(['Home', 'Away'] as const).map((side) => ({
      name: `promoted${side}`,
      unit: '1 or 0',
      description: `1 where the ${side.toLowerCase()} club was not in the championship in the season before (promoted or relegated into it).`,
      asOf: 'The tables of this season and the one before.',
      missing: 'The season directly before is not held.',
    })),
  ],
  create({ clubs }) {
    const lastDay = new Int32Array(clubs);
    const lastSeason = new Int16Array(clubs).fill(-1);
    const flag = (isNewcomer: boolean | undefined) => (isNewcomer === undefined ? NaN : Number(isNewcomer));
    return {
      before(match, out, offset) {
        const { home, away, season, day } = match;
        out[offset] = lastSeason[home] === season ? day - lastDay[home]! : NaN;
        out[offset + 1] = lastSeason[away] === season ? day - lastDay[away]! : NaN;
        out[offset + 2] = flag(match.homeIsNewcomer);
        out[offset + 3] = flag(match.awayIsNewcomer);
      },
      after(results) {
        for (const { fixture } of results) {
          for (const club of [fixture.home, fixture.away]) {
            // A leftover match of an older season does not hide the newer one.
            if (fixture.season < lastSeason[club]!) continue;
            if (fixture.season > lastSeason[club]! || fixture.day > lastDay[club]!)
              lastDay[club] = fixture.day;
            lastSeason[club] = fixture.season;
          }
        }
      },
    };
  },
};
