import { momentsLike } from './optimizer.ts';
import type { Optimizer, ParameterVector } from './optimizer.ts';

export interface AdamParameters {
  readonly beta1?: number | undefined;
  readonly beta2?: number | undefined;
  readonly epsilon?: number | undefined;
}

export interface AdamWParameters extends AdamParameters {
  /** Share of the parameter taken off per unit of learning rate; default 0.01. */
  readonly weightDecay?: number | undefined;
  /** 1 where decay applies (weights), 0 where not (biases, norms); default everywhere. */
  readonly decayed?: ArrayLike<number> | undefined;
}

/** Adam (Kingma and Ba 2015, algorithm 1): bias-corrected moments, x -= rate m / (sqrt(v) + epsilon). */
export function createAdam(parameters: AdamParameters = {}): Optimizer {
  return adam('adam', { ...parameters, weightDecay: 0 });
}

/** AdamW (Loshchilov and Hutter 2019, algorithm 2): Adam with the decay apart from the gradient, x -= rate decay x. */
export function createAdamW(parameters: AdamWParameters = {}): Optimizer {
  return adam('adamw', parameters);
}

function adam(name: string, options: AdamWParameters): Optimizer {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0.01, decayed } = options;
  let first: ParameterVector | undefined;
  let second: ParameterVector | undefined;
  let steps = 0;
  return {
    name,
    parameters: { beta1, beta2, epsilon, ...(name === 'adamw' && { weightDecay }) },
    step({ parameters, gradient, learningRate }) {
      first ??= momentsLike(parameters);
      second ??= momentsLike(parameters);
      steps++;
      const rate = learningRate / (1 - beta1 ** steps);
      const correction = 1 / Math.sqrt(1 - beta2 ** steps);
      const shrink = learningRate * weightDecay;
      for (let i = 0; i < parameters.length; i++) {
        const slope = gradient[i]!;
        const m = beta1 * first[i]! + (1 - beta1) * slope;
        const v = beta2 * second[i]! + (1 - beta2) * slope * slope;
        first[i] = m;
        second[i] = v;
        let value = parameters[i]!;
        if (shrink !== 0 && (decayed === undefined || decayed[i] === 1)) value -= shrink * value;
        parameters[i] = value - (rate * m) / (Math.sqrt(v) * correction + epsilon);
      }
    },
    reset() {
      first = second = undefined;
      steps = 0;
    },
  };
}
