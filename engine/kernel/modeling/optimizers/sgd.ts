import { momentsLike } from './optimizer.ts';
import type { Optimizer, ParameterVector } from './optimizer.ts';

export interface SgdParameters {
  /** Share of the last velocity that is kept; default 0.9; 0 is plain gradient descent. */
  readonly momentum?: number | undefined;
  /** Look ahead by one velocity (Nesterov 1983, in the form of Sutskever et al. 2013); default false. */
  readonly nesterov?: boolean | undefined;
}

/** Gradient descent with momentum (Polyak 1964): v = m v + g; x -= rate v (Nesterov: x -= rate (g + m v)). */
export function createSgd({ momentum = 0.9, nesterov = false }: SgdParameters = {}): Optimizer {
  let velocity: ParameterVector | undefined;
  return {
    name: 'sgd',
    parameters: { momentum, nesterov },
    step({ parameters, gradient, learningRate }) {
      velocity ??= momentsLike(parameters);
      for (let i = 0; i < parameters.length; i++) {
        const slope = gradient[i]!;
        const speed = momentum * velocity[i]! + slope;
        velocity[i] = speed;
        parameters[i]! -= learningRate * (nesterov ? slope + momentum * speed : speed);
      }
    },
    reset() {
      velocity = undefined;
    },
  };
}
