import { normalCdf, normalQuantile } from '../../math/normal.ts';
import type { Random } from '../../math/random.ts';
import type { SamplerInput } from './samplers.ts';
import { drawParameters, drawUniform, fromLine, lineOf, toLine } from './space.ts';
import type { Dimension, NumericDimension, ParameterValue, TrialParameters } from './space.ts';
import { rankTrials } from './trial.ts';
import type { Trial } from './trial.ts';

export interface ParzenOptions {
  /** Random trials before the estimator is used; default 10. */
  readonly startTrials?: number;
  /** Draws from the good trials' density, of which the best ratio is taken; default 24. */
  readonly candidates?: number;
  /** Share of trials that count as good, at most 25 trials; default 0.1. */
  readonly goodShare?: number;
}

/**
 * Tree-structured Parzen estimator (Bergstra et al. 2011, section 4): for each parameter the density l of the good trials and
 * g of the others, each a mixture of Gaussians at the seen values and one wide prior; of several draws from l the one with the
 * largest l/g is taken. A conditional parameter knows only the trials that had it.
 */
export function suggestByParzen(input: SamplerInput, options: ParzenOptions): TrialParameters {
  const { startTrials = 10, candidates = 24, goodShare = 0.1 } = options;
  const { space, random } = input;
  const ranked = rankTrials(input.known);
  if (ranked.length < startTrials)
    return drawParameters(space, (_, dimension) => drawUniform(dimension, random));
  const good = Math.min(25, Math.ceil(goodShare * ranked.length));
  return drawParameters(space, (name, dimension) => {
    const values = (trials: readonly Trial[]) =>
      trials.map(({ parameters }) => parameters[name]).filter((value) => value !== undefined);
    const better = createDensity(dimension, values(ranked.slice(0, good)));
    const worse = createDensity(dimension, values(ranked.slice(good)));
    let best: ParameterValue = better.draw(random);
    let bestRatio = better.log(best) - worse.log(best);
    for (let i = 1; i < candidates; i++) {
      const value = better.draw(random);
      const ratio = better.log(value) - worse.log(value);
      if (ratio > bestRatio) {
        best = value;
        bestRatio = ratio;
      }
    }
    return best;
  });
}

interface Density {
  draw(random: Random): ParameterValue;
  log(value: ParameterValue): number;
}

function createDensity(dimension: Dimension, seen: readonly ParameterValue[]): Density {
  return dimension.kind === 'categorical'
    ? categoricalDensity(dimension.choices, seen)
    : numericDensity(dimension, seen as readonly number[]);
}

/** Counts plus one for each choice. */
function categoricalDensity(choices: readonly ParameterValue[], seen: readonly ParameterValue[]): Density {
  const total = seen.length + choices.length;
  const shares = choices.map((choice) => (seen.filter((value) => value === choice).length + 1) / total);
  return {
    draw(random) {
      let rest = random.uniform();
      const at = shares.findIndex((share) => (rest -= share) < 0);
      return choices[at < 0 ? choices.length - 1 : at]!;
    },
    log: (value) => Math.log(shares[choices.indexOf(value)]!),
  };
}

/** Standard deviations beyond which a Gaussian adds nothing to what the wide prior gives. */
const farAway = 8;

/** Equal parts: one wide Gaussian in the middle and one at each seen value, cut off at the ends of the line. */
function numericDensity(dimension: NumericDimension, seen: readonly number[]): Density {
  const { low, high } = lineOf(dimension);
  const range = high - low;
  const centres = [(low + high) / 2, ...seen.map((value) => toLine(dimension, value))];
  const sorted = [low, ...centres, high].sort((a, b) => a - b);
  const narrowest = range / Math.min(100, centres.length + 1);
  const parts = centres.map((centre, part) => {
    // As wide as the farther neighbour is away (Bergstra et al. 2011, section 4.2), within limits; the prior spans the line.
    const at = sorted.indexOf(centre);
    const reach = Math.max(centre - (sorted[at - 1] ?? low), (sorted[at + 1] ?? high) - centre);
    const width = part === 0 ? range : Math.min(range, Math.max(narrowest, reach));
    const from = normalCdf((low - centre) / width);
    const to = normalCdf((high - centre) / width);
    return { centre, width, from, mass: to - from };
  });
  const edge = (number: number) =>
    Math.min(high, Math.max(low, dimension.log ? Math.log(Math.max(number, 1e-12)) : number));
  return {
    draw(random) {
      const { centre, width, from, mass } = parts[random.integer(parts.length)]!;
      const share = Math.min(1 - 1e-12, Math.max(1e-12, from + mass * random.uniform()));
      return fromLine(dimension, Math.min(high, Math.max(low, centre + width * normalQuantile(share))));
    },
    log(value) {
      let sum = 0;
      if (dimension.kind === 'float') {
        const place = toLine(dimension, value as number);
        for (const { centre, width, mass } of parts) {
          const z = (place - centre) / width;
          if (Math.abs(z) < farAway) sum += Math.exp(-0.5 * z * z) / (width * mass);
        }
      } else {
        // An integer's probability is that of the whole cell around it.
        const start = edge((value as number) - 0.5);
        const end = edge((value as number) + 0.5);
        for (const { centre, width, mass } of parts) {
          const from = (start - centre) / width;
          const to = (end - centre) / width;
          if (from < farAway && to > -farAway) sum += (normalCdf(to) - normalCdf(from)) / mass;
        }
      }
      return Math.log(Math.max(sum / parts.length, 1e-300));
    },
  };
}
