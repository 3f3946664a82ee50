import type { Calculator, FeatureDefinition } from '../calculator.ts';

const formDefaults = {
  shortWindow: 5,
  longWindow: 10,
  /** Weight of a match against that of the next newer one, in the weighted means over the long window. */
  decay: 0.85,
} as const;

const measures = [
  { name: 'Points', unit: 'points a match', description: 'points' },
  { name: 'GoalsFor', unit: 'goals a match', description: 'goals scored' },
  { name: 'GoalsAgainst', unit: 'goals a match', description: 'goals conceded' },
] as const;

/**
 * Means over each club's last matches of this championship, at both venues. They run on from one season to the next,
 * in training and in service alike; a newcomer starts with none.
 */
export function createForm(
  parameters: { shortWindow: number; longWindow: number; decay: number } = formDefaults,
) {
  const { shortWindow, longWindow, decay } = parameters;
  const windows = [
    { label: `${String(shortWindow)}`, text: `the last ${String(shortWindow)} matches`, size: shortWindow },
    { label: `${String(longWindow)}`, text: `the last ${String(longWindow)} matches`, size: longWindow },
    {
      label: 'Weighted',
      text: `the last ${String(longWindow)} matches, each older one weighing ${String(decay)} of the next`,
      size: longWindow,
    },
  ];
  const features: FeatureDefinition[] = windows.flatMap(({ label, text, size }) =>
    measures.flatMap((measure) =>
      (['Home', 'Away'] as const).map((side) => ({
        name: `form${measure.name}${label}${side}`,
        unit: measure.unit,
        description: `${side} club's mean ${measure.description} over ${text} of this championship.`,
        asOf: 'Played matches of this championship known at the start of the match day.',
        missing: `The club has played fewer than ${String(Math.ceil(size / 2))} matches since it joined.`,
      })),
    ),
  );
  const ageWeights = Float64Array.from({ length: longWindow }, (_, age) => decay ** age);

  return {
    name: 'form',
    family: 'form',
    parameters,
    features,
    create({ clubs }) {
      const width = measures.length;
      // Per club a ring of its last matches; the newest is at (count - 1) % longWindow.
      const ring = new Float64Array(clubs * longWindow * width);
      const count = new Int32Array(clubs);

      function add(club: number, match: { scored: number; conceded: number }): void {
        const { scored, conceded } = match;
        const at = (club * longWindow + (count[club]! % longWindow)) * width;
        ring[at] = scored > conceded ? 3 : scored === conceded ? 1 : 0;
        ring[at + 1] = scored;
        ring[at + 2] = conceded;
        count[club]! += 1;
      }

      /** Writes the club's means, every second cell from `at` on: window after window, measure after measure. */
      function write(club: number, out: Float64Array, at: number): void {
        const held = Math.min(count[club]!, longWindow);
        for (let measure = 0; measure < width; measure++) {
          let sum = 0;
          let shortSum = 0;
          let weighted = 0;
          let weights = 0;
          for (let age = 0; age < held; age++) {
            const slot = club * longWindow + ((count[club]! - 1 - age) % longWindow);
            const value = ring[slot * width + measure]!;
            sum += value;
            if (age < shortWindow) shortSum += value;
            weighted += ageWeights[age]! * value;
            weights += ageWeights[age]!;
          }
          const short = Math.min(held, shortWindow);
          const long = held >= Math.ceil(longWindow / 2);
          out[at + 2 * measure] = held >= Math.ceil(shortWindow / 2) ? shortSum / short : NaN;
          out[at + 2 * (width + measure)] = long ? sum / held : NaN;
          out[at + 2 * (2 * width + measure)] = long ? weighted / weights : NaN;
        }
      }

      return {
        enter(club) {
          count[club] = 0;
        },
        before(match, out, offset) {
          write(match.home, out, offset);
          write(match.away, out, offset + 1);
        },
        after(results) {
          for (const { fixture, homeGoals, awayGoals } of results) {
            add(fixture.home, { scored: homeGoals, conceded: awayGoals });
            add(fixture.away, { scored: awayGoals, conceded: homeGoals });
          }
        },
      };
    },
  } satisfies Calculator;
}
