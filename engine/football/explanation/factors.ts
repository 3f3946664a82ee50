import type { Factor } from '../../contract/explanation.ts';
import type { Contribution } from './contributions.ts';
import { adjustment, groupOf, measureOf } from './groups.ts';

/** ln(P(home) / P(away)) of scores. */
export const homeAgainstAway = (scores: ArrayLike<number>): number => scores[0]! - scores[2]!;
/** ln P(draw) - (ln P(home) + ln P(away)) / 2 of scores. */
export const drawAgainstBoth = (scores: ArrayLike<number>): number =>
  scores[1]! - (scores[0]! + scores[2]!) / 2;

/** Contributions gathered by group, the largest first; the measures of a group alike. */
export function factorsOf(
  parts: readonly Contribution[],
  options: {
    readonly temperature: number;
    readonly value: (feature: string) => number;
    readonly names: readonly string[];
    /** What the published log odds have beyond the model's. */
    readonly residual: { readonly home: number; readonly draw: number };
  },
): Factor[] {
  const { temperature, value, residual } = options;
  const all = new Set(options.names);
  const factors = [...Map.groupBy(parts, ({ group }) => group)].map(([group, own]): Factor => {
    const sum = (of: (scores: Float64Array) => number) =>
      own.reduce((total, { scores }) => total + of(scores), 0) / temperature;
    const single = own.filter(
      (part): part is Contribution & { feature: string } => part.feature !== undefined,
    );
    const contributionOf = new Map(single.map(({ feature, scores }) => [feature, homeAgainstAway(scores)]));
    // The group's other features are named too: they say nothing to the model, but much to a reader.
    const features = [
      ...new Set([...contributionOf.keys(), ...options.names.filter((name) => groupOf(name) === group)]),
    ];
    const measures = [...Map.groupBy(features, (feature) => measureOf(feature, all).name)].map(
      ([name, own]) => {
        const isPaired = measureOf(own[0]!, all).side !== 'value';
        const known = own.flatMap((feature) => contributionOf.get(feature) ?? []);
        return {
          name,
          home: isPaired ? orNull(value(`${name}Home`)) : null,
          away: isPaired ? orNull(value(`${name}Away`)) : null,
          value: isPaired ? null : orNull(value(name)),
          contribution:
            known.length > 0 ? known.reduce((total, each) => total + each, 0) / temperature : null,
        };
      },
    );
    return {
      group,
      contribution: sum(homeAgainstAway),
      drawContribution: sum(drawAgainstBoth),
      measures: measures.sort((a, b) => Math.abs(b.contribution ?? 0) - Math.abs(a.contribution ?? 0)),
    };
  });
  if (Math.abs(residual.home) > rounding || Math.abs(residual.draw) > rounding) {
    factors.push({
      group: adjustment,
      contribution: residual.home,
      drawContribution: residual.draw,
      measures: [],
    });
  }
  return factors.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
}

/** Smaller differences between what the model says and what was published are rounding. */
const rounding = 1e-6;

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
