import { factorize } from '../linear/cholesky.ts';
import type { Objective } from '../../math/optimize/lbfgs.ts';

/**
 * A change of variables under which a quadratic function is a sphere: z = L'x with L L' its second derivatives. Descent
 * in z takes a handful of steps where it takes fifty in x, and a step of 1 in z is a standard error in x.
 */
export interface Scaling {
  readonly size: number;
  /** The lower triangle L, row-major; of `isDiagonal` only the diagonal is kept. */
  readonly lower: Float64Array;
  readonly isDiagonal: boolean;
}

/** Above so many parameters the square costs more than the steps that it saves. */
const largestSquare = 800;

/** From second derivatives (lower triangle). Where they are not positive definite their diagonal is lifted until they are. */
export function createScaling(information: Float64Array): Scaling {
  const size = Math.sqrt(information.length);
  if (size > largestSquare) {
    const lower = Float64Array.from({ length: size }, (_, i) => Math.sqrt(information[i * size + i]!));
    return { size, lower, isDiagonal: true };
  }
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, information[i * size + i]!);
  for (let lift = 0; ; lift = lift === 0 ? 1e-10 * largest : lift * 10) {
    const lower = factorize(information, size, lift);
    if (lower) return { size, lower, isDiagonal: false };
  }
}

/** z = L'x */
export function toScaled({ lower, size, isDiagonal }: Scaling, x: Float64Array): Float64Array {
  if (isDiagonal) return x.map((value, i) => value * lower[i]!);
  const z = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const value = x[i]!;
    const row = i * size;
    for (let j = 0; j <= i; j++) z[j]! += lower[row + j]! * value;
  }
  return z;
}

/** x with L'x = z, into `x`. */
export function fromScaled({ lower, size, isDiagonal }: Scaling, z: Float64Array, x: Float64Array): void {
  if (isDiagonal) {
    for (let i = 0; i < size; i++) x[i] = z[i]! / lower[i]!;
    return;
  }
  x.set(z);
  for (let i = size - 1; i >= 0; i--) {
    const row = i * size;
    const value = x[i]! / lower[row + i]!;
    x[i] = value;
    for (let j = 0; j < i; j++) x[j]! -= lower[row + j]! * value;
  }
}

/** The objective as a function of z. */
export function scaleObjective(objective: Objective, scaling: Scaling): Objective {
  const { lower, size, isDiagonal } = scaling;
  const x = new Float64Array(size);
  return (z, gradient) => {
    fromScaled(scaling, z, x);
    const value = objective(x, gradient);
    // The gradient by z is the g with L g = the gradient by x.
    if (isDiagonal) {
      for (let i = 0; i < size; i++) gradient[i]! /= lower[i]!;
      return value;
    }
    for (let i = 0; i < size; i++) {
      const row = i * size;
      let rest = gradient[i]!;
      for (let j = 0; j < i; j++) rest -= lower[row + j]! * gradient[j]!;
      gradient[i] = rest / lower[row + i]!;
    }
    return value;
  };
}
