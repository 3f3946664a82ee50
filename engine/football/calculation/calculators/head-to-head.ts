import type { Calculator, FeatureDefinition } from '../calculator.ts';
import { createLeagueMeans } from '../league-means.ts';

const headToHeadDefaults = {
  /** Meetings that count. */
  meetings: 20,
  recent: 5,
  /** Meetings of two average clubs that the real ones are mixed with: few meetings say little. */
  prior: 6,
} as const;

interface Meeting {
  readonly host: number;
  readonly homeGoals: number;
  readonly awayGoals: number;
}

const asOf = 'Played meetings of the two clubs in this championship known at the start of the match day.';

/** How earlier meetings of the two clubs went, from the home club's view, drawn towards the league's mean. */
export function createHeadToHead(
  parameters: { meetings: number; recent: number; prior: number } = headToHeadDefaults,
) {
  const { meetings, recent, prior } = parameters;
  const all = `the last ${String(meetings)} meetings at either venue`;
  const formula = `(sum over the meetings + ${String(prior)} x what two average clubs would have there) / (meetings + ${String(prior)}).`;
  const shrunk = (name: string, unit: string, description: string): FeatureDefinition => ({
    ...{ name, unit, description, formula, asOf },
    missing: 'No such meeting is held, or the championship has fewer than 50 matches.',
  });
  const count = (name: string, description: string): FeatureDefinition => ({
    ...{ name, unit: 'meetings', description, asOf },
    missing: 'Never: zero is a count here.',
  });
  return {
    name: 'headToHead',
    family: 'head-to-head',
    parameters,
    features: [
      count('meetings', `Meetings held, at most ${String(meetings)}.`),
      shrunk('meetingsWins', 'share, 0 to 1', `Share won by the home club of ${all}.`),
      shrunk('meetingsDraws', 'share, 0 to 1', `Share drawn of ${all}.`),
      shrunk('meetingsGoalDifference', 'goals a match', `The home club's goal difference in ${all}.`),
      shrunk('meetingsGoals', 'goals a match', `Goals of both sides in ${all}.`),
      shrunk(
        'meetingsRecentPoints',
        'points a match',
        `The home club's points in the last ${String(recent)} meetings.`,
      ),
      shrunk(
        'meetingsRecentDifference',
        'goals a match',
        `The home club's goal difference in the last ${String(recent)} meetings.`,
      ),
      count('meetingsHere', `Meetings held at the home club's ground, of ${all}.`),
      shrunk('meetingsHerePoints', 'points a match', "The home club's points in the meetings at its ground."),
      shrunk(
        'meetingsHereDifference',
        'goals a match',
        "The home club's goal difference in the meetings at its ground.",
      ),
    ],
    create({ clubs }) {
      const held = new Map<number, Meeting[]>();
      const league = createLeagueMeans();
      const keyOf = (a: number, b: number) => Math.min(a, b) * clubs + Math.max(a, b);

      /** Sums of the home club's record over some meetings, with the prior's share of average ones added. */
      function record(list: readonly Meeting[], club: number) {
        const totals = { weight: prior, wins: 0, draws: 0, difference: 0, goals: 0 };
        let here = 0;
        for (const { host, homeGoals, awayGoals } of list) {
          const own = host === club ? homeGoals : awayGoals;
          const other = host === club ? awayGoals : homeGoals;
          if (host === club) here++;
          totals.weight++;
          if (own > other) totals.wins++;
          if (own === other) totals.draws++;
          totals.difference += own - other;
          totals.goals += own + other;
        }
        // Two average clubs that meet as often here and there as these two did.
        const share = here / list.length;
        totals.wins += prior * (share * league.homeWin + (1 - share) * league.awayWin);
        totals.draws += prior * league.draw;
        totals.difference += prior * (2 * share - 1) * (league.homeGoals - league.awayGoals);
        totals.goals += prior * (league.homeGoals + league.awayGoals);
        const { weight, wins, draws } = totals;
        return {
          wins: wins / weight,
          draws: draws / weight,
          points: (3 * wins + draws) / weight,
          difference: totals.difference / weight,
          goals: totals.goals / weight,
        };
      }

      return {
        before({ home, away }, out, offset) {
          const list = held.get(keyOf(home, away)) ?? [];
          const here = list.filter(({ host }) => host === home);
          out.fill(NaN, offset, offset + 10);
          out[offset] = list.length;
          out[offset + 7] = here.length;
          if (!league.isKnown || list.length === 0) return;
          const whole = record(list, home);
          const newest = record(list.slice(-recent), home);
          out[offset + 1] = whole.wins;
          out[offset + 2] = whole.draws;
          out[offset + 3] = whole.difference;
          out[offset + 4] = whole.goals;
          out[offset + 5] = newest.points;
          out[offset + 6] = newest.difference;
          if (here.length === 0) return;
          const own = record(here, home);
          out[offset + 8] = own.points;
          out[offset + 9] = own.difference;
        },
        after(results) {
          for (const { fixture, homeGoals, awayGoals } of results) {
            const key = keyOf(fixture.home, fixture.away);
            let list = held.get(key);
            if (!list) held.set(key, (list = []));
            list.push({ host: fixture.home, homeGoals, awayGoals });
            if (list.length > meetings) list.shift();
          }
          league.add(results);
        },
      };
    },
  } satisfies Calculator;
}
