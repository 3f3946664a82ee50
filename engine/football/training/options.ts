import type { TunableFamily } from '../../contract/stages.ts';
import type { Dimension, ParameterValue, TrialParameters } from '../../kernel/modeling/tuning/space.ts';
import { createTunedFamily, spaceNames, spaceOf } from '../tuning/families.ts';

export interface FamilyOptions {
  readonly parameters: readonly {
    readonly name: string;
    readonly dimension: Dimension;
    /** null where the family chooses for itself. */
    readonly own: ParameterValue | null;
  }[];
  /** By a name that the screens word. */
  readonly presets: readonly { readonly name: string; readonly parameters: TrialParameters }[];
  readonly spaces: string[];
}

/** Starting points that people ask for; what they change beside the family's own values. */
const presets: Readonly<Record<TunableFamily, FamilyOptions['presets']>> = {
  boosting: [
    { name: 'own', parameters: {} },
    { name: 'quick', parameters: { nEstimators: 150, learningRate: 0.05 } },
    { name: 'cautious', parameters: { maxDepth: 2, minChildWeight: 80, regLambda: 50 } },
    { name: 'bold', parameters: { maxDepth: 5, minChildWeight: 10, regLambda: 5 } },
  ],
  network: [
    { name: 'own', parameters: {} },
    { name: 'quick', parameters: { epochs: 12, learningRate: 0.001 } },
    { name: 'cautious', parameters: { dropout: 0.5, l2: 0.01 } },
    { name: 'bold', parameters: { dropout: 0.1, l2: 0.0001 } },
  ],
  logistic: [
    { name: 'own', parameters: {} },
    { name: 'cautious', parameters: { C: 0.001, maximum: 4 } },
    { name: 'bold', parameters: { C: 1, maximum: 24 } },
  ],
};

/** What an analyst may set in a training of a family: the dimensions of its own search space. */
export function familyOptions(family: TunableFamily): FamilyOptions {
  const { space } = spaceOf(family, undefined);
  const own = createTunedFamily(family, {}).parameters;
  return {
    parameters: Object.entries(space).map(([name, dimension]) => {
      const value = own[name];
      const isPlain = typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
      return { name, dimension, own: isPlain ? value : null };
    }),
    presets: presets[family],
    spaces: spaceNames(family),
  };
}
