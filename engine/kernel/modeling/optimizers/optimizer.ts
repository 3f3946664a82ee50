/** One flat vector of parameters; 32 bits in networks, 64 elsewhere. */
export type ParameterVector = Float32Array | Float64Array;

export interface OptimizerStep {
  readonly parameters: ParameterVector;
  /** Gradient of the mean loss, as long as `parameters`. */
  readonly gradient: ParameterVector;
  /** Learning rate of this step: the base rate times the schedule's factor. */
  readonly learningRate: number;
}

/** First-order optimiser. It holds its moments; `reset` forgets them. Steps are a pure function of the history. */
export interface Optimizer {
  readonly name: string;
  readonly parameters: Readonly<Record<string, number | boolean>>;
  step(step: OptimizerStep): void;
  reset(): void;
}

/** Zeroed moments of the length and precision of the vector they follow. */
export function momentsLike(vector: ParameterVector): ParameterVector {
  return vector instanceof Float32Array ? new Float32Array(vector.length) : new Float64Array(vector.length);
}
