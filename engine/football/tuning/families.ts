import { tunableFamilies, type TunableFamily } from '../../contract/stages.ts';
import { AppError } from '../../contract/errors.ts';
import { searchSpacePreset } from '../../kernel/modeling/tuning/presets.ts';
import type { SearchSpace, TrialParameters } from '../../kernel/modeling/tuning/space.ts';
import { createBoostingFamily } from '../processing/families/boosting.ts';
import type { PooledFamily } from '../processing/families/family.ts';
import { createLogisticFamily } from '../processing/families/logistic.ts';
import { createNetworkFamily } from '../processing/families/network.ts';

/** What a study can try of one family. */
interface Tuning {
  /** Search spaces by name; the first is the default. */
  readonly spaces: Readonly<Record<string, SearchSpace>>;
  /** The family with a trial's parameters over its own; with none of them, as it is. */
  create(parameters: TrialParameters): PooledFamily;
}

/** The spaces called `football` lie around what was found to hold back enough where luck is most of the result. */
const tunings: Readonly<Record<TunableFamily, Tuning>> = {
  boosting: {
    spaces: {
      football: {
        maxDepth: { kind: 'integer', low: 1, high: 5 },
        learningRate: { kind: 'float', low: 0.005, high: 0.1, log: true },
        nEstimators: { kind: 'integer', low: 50, high: 800, log: true },
        minChildWeight: { kind: 'float', low: 2, high: 150, log: true },
        regLambda: { kind: 'float', low: 0.5, high: 100, log: true },
        subsample: { kind: 'float', low: 0.4, high: 1 },
        colsampleByTree: { kind: 'float', low: 0.1, high: 1 },
      },
      'gradient-boosting': searchSpacePreset('gradient-boosting'),
    },
    create: createBoostingFamily,
  },
  network: {
    spaces: {
      football: {
        learningRate: { kind: 'float', low: 1e-4, high: 0.01, log: true },
        epochs: { kind: 'integer', low: 5, high: 80, log: true },
        batchSize: { kind: 'categorical', choices: [64, 256, 1024] },
        dropout: { kind: 'float', low: 0, high: 0.6 },
        l2: { kind: 'float', low: 1e-5, high: 1e-1, log: true },
      },
      mlp: searchSpacePreset('mlp'),
    },
    create: createNetworkFamily,
  },
  logistic: {
    spaces: {
      football: {
        C: { kind: 'float', low: 1e-4, high: 10, log: true },
        maximum: { kind: 'integer', low: 1, high: 24 },
      },
    },
    create: ({ C, maximum }) =>
      createLogisticFamily({
        ...(typeof C === 'number' && { strengths: [C] }),
        ...(typeof maximum === 'number' && { maximum }),
      }),
  },
};

/** The family as a trial has it. */
export function createTunedFamily(family: TunableFamily, parameters: TrialParameters): PooledFamily {
  return tunings[family].create(parameters);
}

/** Parameters that took the place of a family's own, by family. */
export type TunedParameters = Readonly<Partial<Record<TunableFamily, TrialParameters>>>;

/** The family with its tuned parameters, or as it is where it has none. */
export function withTuned(family: PooledFamily, tuned: TunedParameters | undefined): PooledFamily {
  const name = tunableFamilies.find((one) => one === family.name);
  const parameters = name && tuned?.[name];
  return parameters ? createTunedFamily(name, parameters) : family;
}

/** A family's search space by name, by default its first; an unknown name is CONFIGURATION_INVALID with the known ones. */
export function spaceOf(
  family: TunableFamily,
  preset: string | undefined,
): { readonly preset: string; readonly space: SearchSpace } {
  const { spaces } = tunings[family];
  const known = Object.keys(spaces);
  const name = preset ?? known[0]!;
  if (Object.hasOwn(spaces, name)) return { preset: name, space: spaces[name]! };
  throw new AppError(
    'CONFIGURATION_INVALID',
    `${family} has no search space ${name}; there are: ${known.join(', ')}`,
    { detail: { name, known } },
  );
}

/** Names of a family's search spaces, the default first. */
export function spaceNames(family: TunableFamily): string[] {
  return Object.keys(tunings[family].spaces);
}
