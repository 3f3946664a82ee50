import { AppError } from '../../../contract/errors.ts';
import { createAdam, createAdamW } from './adam.ts';
import type { AdamWParameters } from './adam.ts';
import type { Optimizer } from './optimizer.ts';
import { createRmsProp } from './rms-prop.ts';
import type { RmsPropParameters } from './rms-prop.ts';
import { createSgd } from './sgd.ts';
import type { SgdParameters } from './sgd.ts';

export type OptimizerParameters = SgdParameters & AdamWParameters & RmsPropParameters;

const factories = {
  sgd: createSgd,
  adam: createAdam,
  adamw: createAdamW,
  rmsprop: createRmsProp,
} satisfies Record<string, (parameters?: OptimizerParameters) => Optimizer>;

export const optimizerNames = Object.keys(factories);

/** An optimiser by name. An unknown name is a CONFIGURATION_INVALID error that lists the known ones. */
export function createOptimizer(name: string, parameters: OptimizerParameters = {}): Optimizer {
  if (!Object.hasOwn(factories, name)) {
    throw new AppError(
      'CONFIGURATION_INVALID',
      `unknown optimizer ${name}; known: ${optimizerNames.join(', ')}`,
      {
        detail: { name, known: optimizerNames },
      },
    );
  }
  return factories[name as keyof typeof factories](parameters);
}
