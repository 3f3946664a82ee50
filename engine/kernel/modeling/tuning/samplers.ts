import { AppError } from '../../../contract/errors.ts';
import type { Random } from '../../math/random.ts';
import { drawParameters, drawUniform, fromLine, isActive, lineOf } from './space.ts';
import type { Dimension, ParameterValue, SearchSpace, TrialParameters } from './space.ts';
import { suggestByParzen } from './tree-parzen.ts';
import type { ParzenOptions } from './tree-parzen.ts';
import type { Trial } from './trial.ts';

export type SamplerSpec =
  | { readonly name: 'random' }
  /** `points` of each numeric dimension, evenly spaced on its line, bounds included; default 5. */
  | { readonly name: 'grid'; readonly points?: number }
  | ({ readonly name: 'tpe' } & ParzenOptions);

const samplerNames = ['random', 'grid', 'tpe'] as const;

/** What a sampler decides on: the finished trials it may know, the number of the trial to come, its own random stream. */
export interface SamplerInput {
  readonly space: SearchSpace;
  readonly known: readonly Trial[];
  readonly number: number;
  readonly random: Random;
}

/** Parameters of the next trial; undefined when a grid is used up. */
export function suggest(sampler: SamplerSpec, input: SamplerInput): TrialParameters | undefined {
  const { space, random, number } = input;
  switch (sampler.name) {
    case 'random':
      return drawParameters(space, (_, dimension) => drawUniform(dimension, random));
    case 'grid':
      return gridPoint(space, sampler.points ?? 5, number);
    case 'tpe':
      return suggestByParzen(input, sampler);
    default: {
      const { name } = sampler as { name: string };
      throw new AppError(
        'CONFIGURATION_INVALID',
        `unknown sampler ${name}; known: ${samplerNames.join(', ')}`,
        {
          detail: { name, known: samplerNames },
        },
      );
    }
  }
}

function gridValues(dimension: Dimension, points: number): readonly ParameterValue[] {
  if (dimension.kind === 'categorical') return dimension.choices;
  const { low, high } = lineOf(dimension.kind === 'integer' ? { ...dimension, kind: 'float' } : dimension);
  const values = Array.from({ length: points }, (_, i) =>
    fromLine(dimension, low + ((high - low) * i) / Math.max(1, points - 1)),
  );
  return [...new Set(values)];
}

/** The n-th point of the grid, first dimension slowest; branches whose condition fails are not multiplied out. */
function gridPoint(space: SearchSpace, points: number, number: number): TrialParameters | undefined {
  const names = Object.keys(space);
  let passed = 0;
  const visit = (at: number, chosen: TrialParameters): TrialParameters | undefined => {
    if (at === names.length) return passed++ === number ? chosen : undefined;
    const name = names[at]!;
    if (!isActive(space[name]!, chosen)) return visit(at + 1, chosen);
    for (const value of gridValues(space[name]!, points)) {
      const found = visit(at + 1, { ...chosen, [name]: value });
      if (found) return found;
    }
    return undefined;
  };
  return visit(0, {});
}
