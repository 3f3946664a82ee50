import type { Calculator } from '../calculator.ts';
import { bothSides } from '../sides.ts';

const availabilityDefaults = {
  /** A list that nobody has touched for so long says nothing of today. */
  staleDays: 60,
  /** The same for squad values, which change twice a year. */
  valueStaleDays: 400,
} as const;

const dayMs = 86_400_000;
const asOf = 'Absences and squad values that were known at the start of the match day, by import.';

/**
 * Who is missing and what the squads are worth, from what was imported with the instant it was known. Nothing imported is
 * nothing known: NaN, never zero. Zero means that a list of the club is known and holds nobody of that kind.
 */
export function createAvailability(
  parameters: { readonly [Name in keyof typeof availabilityDefaults]: number } = availabilityDefaults,
) {
  const { staleDays, valueStaleDays } = parameters;
  const missing = `Nothing is known of the club's absences, or nothing new for ${String(staleDays)} days.`;
  const count = (name: string, what: string) => ({
    name,
    unit: 'players',
    description: `players ${what}; zero is a count here`,
    missing,
  });
  return {
    name: 'availability',
    family: 'availability',
    parameters,
    features: [
      ...bothSides(asOf, [
        count('injuries', 'who are injured'),
        count('suspensions', 'who are suspended'),
        {
          name: 'keyPlayerOut',
          unit: 'players',
          description: 'players out whom the list calls key; zero is a count here',
          missing,
        },
        {
          name: 'availabilityAge',
          unit: 'days',
          description: 'days since the newest change of its list of absences became known',
          missing: "Nothing is known of the club's absences.",
        },
        {
          name: 'squadValue',
          unit: 'million euros',
          description: 'market value of the squad',
          missing: `No value is known, or the newest is more than ${String(valueStaleDays)} days old.`,
        },
      ]),
      {
        name: 'squadValueRatio',
        unit: 'log ratio',
        description: "Log of the home club's squad value over the away club's.",
        formula: 'ln(home value / away value)',
        asOf,
        missing: 'One of the two values is missing.',
      },
    ],
    create({ clubs }) {
      const out = Array.from({ length: clubs }, () => new Map<string, { reason: string; isKey: boolean }>());
      const changedAt = new Float64Array(clubs).fill(NaN);
      const value = new Float64Array(clubs).fill(NaN);
      const valuedAt = new Float64Array(clubs).fill(NaN);

      return {
        learn(facts) {
          for (const fact of facts) {
            if (fact.kind === 'absence') {
              out[fact.club]!.set(fact.player, fact);
              changedAt[fact.club] = fact.knownAt;
            } else if (fact.kind === 'return') {
              out[fact.club]!.delete(fact.player);
              changedAt[fact.club] = fact.knownAt;
            } else if (fact.kind === 'squad-value') {
              value[fact.club] = fact.millionEuros;
              valuedAt[fact.club] = fact.knownAt;
            }
          }
        },
        before(match, row, offset) {
          [match.home, match.away].forEach((club, side) => {
            const at = offset + side;
            const age = (match.asOf - changedAt[club]!) / dayMs;
            const players = age <= staleDays ? [...out[club]!.values()] : undefined;
            const number = (is: (player: { reason: string; isKey: boolean }) => boolean) =>
              players ? players.filter(is).length : NaN;
            row[at] = number(({ reason }) => reason === 'injury');
            row[at + 2] = number(({ reason }) => reason === 'suspension');
            row[at + 4] = number(({ isKey }) => isKey);
            row[at + 6] = age;
            row[at + 8] = (match.asOf - valuedAt[club]!) / dayMs <= valueStaleDays ? value[club]! : NaN;
          });
          row[offset + 10] = Math.log(row[offset + 8]! / row[offset + 9]!);
        },
        after() {
          // Results say nothing of who is missing.
        },
      };
    },
  } satisfies Calculator;
}
