import type { Loss, LossBatch } from '../losses/loss.ts';

/** One target of the network: what it is to learn, by which loss. Heads read neighbouring columns of the scores, in order. */
export interface Head {
  readonly name: string;
  readonly loss: Loss;
  /** Scores a row. */
  readonly outputs: number;
  /** Share in the sum of the heads' losses; default 1. */
  readonly importance?: number | undefined;
  readonly target: Float64Array;
  readonly weights?: Float64Array | undefined;
  readonly groups?: ArrayLike<number> | undefined;
  /** Rows x outputs. */
  readonly prices?: Float64Array | undefined;
  readonly returns?: Float64Array | undefined;
  /** Rows x outputs scores that the head's own are added to. */
  readonly initialScores?: Float64Array | undefined;
}

export function outputsOf(heads: readonly Pick<Head, 'outputs'>[]): number {
  return heads.reduce((sum, { outputs }) => sum + outputs, 0);
}

/** Weighted sum of the heads' mean losses over the given rows. `scores`: rows x outputs of all heads. */
export function headLoss(heads: readonly Head[], rows: Uint32Array, scores: Float32Array): number {
  let first = 0;
  let loss = 0;
  for (const head of heads) {
    const batch = headBatch(head, rows, { scores, width: outputsOf(heads), first });
    loss += (head.importance ?? 1) * head.loss.evaluate(batch);
    first += head.outputs;
  }
  return loss;
}

/** The same with its gradient with respect to the scores. */
export function headGradient(
  heads: readonly Head[],
  rows: Uint32Array,
  scores: Float32Array,
): { readonly loss: number; readonly gradient: Float32Array } {
  const width = outputsOf(heads);
  const gradient = new Float32Array(scores.length);
  let first = 0;
  let loss = 0;
  for (const head of heads) {
    const { outputs, importance = 1 } = head;
    const batch = headBatch(head, rows, { scores, width, first });
    const derivatives = {
      gradient: new Float64Array(batch.scores.length),
      hessian: new Float64Array(batch.scores.length),
    };
    const weight = batch.weights ? batch.weights.reduce((sum, value) => sum + value, 0) : rows.length;
    // A batch in which every row weighs nothing teaches this head nothing.
    if (weight > 0) {
      loss += importance * head.loss.evaluate(batch, derivatives);
      const scale = importance / weight;
      for (let i = 0, from = 0; i < rows.length; i++) {
        for (let k = 0; k < outputs; k++)
          gradient[i * width + first + k] = scale * derivatives.gradient[from++]!;
      }
    }
    first += outputs;
  }
  return { loss, gradient };
}

function headBatch(
  head: Head,
  rows: Uint32Array,
  from: { readonly scores: Float32Array; readonly width: number; readonly first: number },
): LossBatch {
  const { outputs } = head;
  const scores = new Float64Array(rows.length * outputs);
  for (let i = 0, to = 0; i < rows.length; i++) {
    for (let k = 0; k < outputs; k++, to++) {
      const start = head.initialScores ? head.initialScores[rows[i]! * outputs + k]! : 0;
      scores[to] = from.scores[i * from.width + from.first + k]! + start;
    }
  }
  const pick = (values: ArrayLike<number> | undefined, width: number): Float64Array | undefined =>
    values &&
    Float64Array.from(
      { length: rows.length * width },
      (_, at) => values[rows[Math.floor(at / width)]! * width + (at % width)]!,
    );
  return {
    scores,
    target: pick(head.target, 1)!,
    weights: pick(head.weights, 1),
    groups: pick(head.groups, 1),
    prices: pick(head.prices, outputs),
    returns: pick(head.returns, 1),
  };
}
