import { momentsLike } from './optimizer.ts';
import type { Optimizer, ParameterVector } from './optimizer.ts';

export interface RmsPropParameters {
  /** Share of the running mean square that is kept; default 0.9. */
  readonly decay?: number | undefined;
  readonly epsilon?: number | undefined;
}

/** RMSProp (Tieleman and Hinton 2012, lecture 6.5): v = d v + (1 - d) g^2; x -= rate g / (sqrt(v) + epsilon). */
export function createRmsProp({ decay = 0.9, epsilon = 1e-8 }: RmsPropParameters = {}): Optimizer {
  let square: ParameterVector | undefined;
  return {
    name: 'rmsprop',
    parameters: { decay, epsilon },
    step({ parameters, gradient, learningRate }) {
      square ??= momentsLike(parameters);
      for (let i = 0; i < parameters.length; i++) {
        const slope = gradient[i]!;
        const v = decay * square[i]! + (1 - decay) * slope * slope;
        square[i] = v;
        parameters[i]! -= (learningRate * slope) / (Math.sqrt(v) + epsilon);
      }
    },
    reset() {
      square = undefined;
    },
  };
}
