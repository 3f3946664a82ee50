import type * as tf from '@tensorflow/tfjs-core';
import type { NetworkBackend, NetworkBatch, NetworkEngine } from '../../kernel/modeling/neural/backend.ts';
import { normOffsets, parameterShapes } from '../../kernel/modeling/neural/network-spec.ts';
import type { BlockSpec, NetworkSpec, SequenceSpec } from '../../kernel/modeling/neural/network-spec.ts';
import { normEpsilon, normMomentum } from '../../kernel/modeling/neural/plain/batch-norm.ts';

export type Tensorflow = typeof tf;
type Weights = Readonly<Record<string, tf.Tensor2D>>;

/** What one forward pass needs beside the weights. */
interface Pass {
  readonly batch: NetworkBatch;
  readonly norms: Float32Array;
  readonly training: boolean;
  /** Source of dropout's random bits. */
  noise: number;
}

/**
 * The same networks on TensorFlow.js, from the same flat parameters: what one backend trained, the other can read. It holds
 * no tensor between two calls.
 */
export function createTensorflowBackend(
  library: Tensorflow,
  described: { readonly name: string; readonly libraries: Readonly<Record<string, string>> },
): NetworkBackend {
  return { ...described, compile: (spec, { seed }) => compile(library, spec, seed) };
}

function compile(library: Tensorflow, spec: NetworkSpec, seed: number): NetworkEngine {
  const shapes = parameterShapes(spec);
  const network = createNetwork(library, spec);

  const toTensors = (parameters: Float32Array): tf.Tensor2D[] =>
    shapes.map(({ rows, columns, offset }) =>
      library.tensor2d(parameters.slice(offset, offset + rows * columns), [rows, columns]),
    );
  const byName = (tensors: readonly tf.Tensor[]): Weights =>
    Object.fromEntries(shapes.map(({ name }, at) => [name, tensors[at] as tf.Tensor2D]));

  return {
    differentiate(batch, { parameters, norms, step }, gradientOf) {
      const noise = (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(step + 1, 0x85ebca77)) | 1;
      const pass: Pass = { batch, norms, training: true, noise };
      const gradient = new Float32Array(parameters.length);
      library.tidy(() => {
        // The loss is computed outside: its value here is a stand-in, its gradient is the one that was answered.
        const outside = library.customGrad((scores, save) => {
          const slopes = gradientOf((scores as tf.Tensor).dataSync() as Float32Array);
          (save as (saved: tf.Tensor[]) => void)([library.tensor(slopes, (scores as tf.Tensor).shape)]);
          return { value: library.scalar(0), gradFunc: (_, saved) => saved[0]! };
        });
        const loss = (...tensors: tf.Tensor[]) => outside(network(byName(tensors), pass)) as tf.Scalar;
        const { grads } = library.valueAndGrads(loss)(toTensors(parameters));
        grads.forEach((slopes, at) => gradient.set(slopes.dataSync(), shapes[at]!.offset));
      });
      return gradient;
    },
    predict(batch, { parameters, norms }) {
      let scores = new Float32Array(0);
      library.tidy(() => {
        const pass: Pass = { batch, norms, training: false, noise: 1 };
        scores = Float32Array.from(network(byName(toTensors(parameters)), pass).dataSync());
      });
      return scores;
    },
    dispose: () => {},
  };
}

function createNetwork(
  library: Tensorflow,
  spec: NetworkSpec,
): (weights: Weights, pass: Pass) => tf.Tensor2D {
  const offsets = normOffsets(spec).offsets;

  const dense = (weights: Weights, name: string, input: tf.Tensor2D): tf.Tensor2D =>
    library.add(library.matMul(input, weights[`${name}.kernel`]!), weights[`${name}.bias`]!);

  function block(weights: Weights, at: number, input: tf.Tensor2D, pass: Pass): tf.Tensor2D {
    const described: BlockSpec = spec.trunk[at]!;
    let output = dense(weights, `block.${at}`, input);
    if (described.batchNorm) output = normed(weights, at, output, pass);
    output = described.activation === 'relu' ? library.relu(output) : library.tanh(output);
    output = dropped(library, output, { share: described.dropout, pass });
    return described.kind === 'dense'
      ? output
      : library.add(input, dense(weights, `block.${at}.back`, output));
  }

  function normed(weights: Weights, at: number, input: tf.Tensor2D, { norms, training }: Pass): tf.Tensor2D {
    const { units } = spec.trunk[at]!;
    const first = offsets[at]!;
    let mean: tf.Tensor;
    let variance: tf.Tensor;
    if (training) {
      ({ mean, variance } = library.moments(input, 0));
      const blend = (start: number, values: ArrayLike<number>) => {
        for (let k = 0; k < units; k++) {
          norms[start + k] = normMomentum * norms[start + k]! + (1 - normMomentum) * values[k]!;
        }
      };
      blend(first, mean.dataSync());
      blend(first + units, variance.dataSync());
    } else {
      mean = library.tensor1d(norms.slice(first, first + units));
      variance = library.tensor1d(norms.slice(first + units, first + 2 * units));
    }
    const spread = library.sqrt(library.add(variance, normEpsilon));
    const normal = library.div(library.sub(input, mean), spread);
    return library.add(library.mul(normal, weights[`block.${at}.scale`]!), weights[`block.${at}.shift`]!);
  }

  return (weights, pass) => {
    const { input, rows } = pass.batch;
    const parts: tf.Tensor2D[] = [
      library.tensor2d(pick(input.dense, spec.inputs, rows), [rows.length, spec.inputs]),
    ];
    let category = 0;
    const width = spec.embeddings.reduce((sum, { columns }) => sum + columns, 0);
    spec.embeddings.forEach(({ categories, columns }, at) => {
      for (let i = 0; i < columns; i++, category++) {
        // The unknown category is a row of zeros: no vector, no gradient.
        const known = new Float32Array(rows.length * categories);
        rows.forEach((row, to) => {
          const value = input.categories[row * width + category]!;
          if (value > 0) known[to * categories + value] = 1;
        });
        parts.push(
          library.matMul(library.tensor2d(known, [rows.length, categories]), weights[`embedding.${at}`]!),
        );
      }
    });
    if (spec.sequence) parts.push(encodeSequences(library, weights, { described: spec.sequence, pass }));
    let output = library.concat(parts, 1);
    spec.trunk.forEach((_, at) => (output = block(weights, at, output, pass)));
    return dense(weights, 'head', output);
  };
}

/** The encoded sequences of each row side by side: rows x (count x units). */
function encodeSequences(
  library: Tensorflow,
  weights: Weights,
  { described, pass }: { readonly described: SequenceSpec; readonly pass: Pass },
): tf.Tensor2D {
  const { count, steps, channels, units } = described;
  const { input, rows } = pass.batch;
  const values = pick(input.sequences, count * steps * channels, rows);
  const sequences = rows.length * count;
  const x = library.tensor3d(values, [sequences, steps, channels]);
  const last = described.encoder === 'gru' ? gru() : tcn();
  return library.reshape(last, [rows.length, count * units]);

  function gru(): tf.Tensor2D {
    let state = library.zeros([sequences, units]) as tf.Tensor2D;
    for (let t = 0; t < steps; t++) {
      const at = library.reshape(library.slice(x, [0, t, 0], [sequences, 1, channels]), [
        sequences,
        channels,
      ]);
      const present = library.slice(at, [0, channels - 1], [sequences, 1]);
      const said = library.add(
        library.matMul(at as tf.Tensor2D, weights['gru.input']!),
        weights['gru.inputBias']!,
      );
      const held = library.add(
        library.matMul(state, weights['gru.recurrent']!),
        weights['gru.recurrentBias']!,
      );
      const [saidKeep, saidReset, saidNew] = library.split(said, 3, 1) as [
        tf.Tensor2D,
        tf.Tensor2D,
        tf.Tensor2D,
      ];
      const [heldKeep, heldReset, heldNew] = library.split(held, 3, 1) as [
        tf.Tensor2D,
        tf.Tensor2D,
        tf.Tensor2D,
      ];
      const keep = library.sigmoid(library.add(saidKeep, heldKeep));
      const reset = library.sigmoid(library.add(saidReset, heldReset));
      const fresh = library.tanh(library.add(saidNew, library.mul(reset, heldNew)));
      // h' = h + (1 - z)(n - h), taken only where the step is present.
      const change = library.mul(library.sub(1, keep), library.sub(fresh, state));
      state = library.add(state, library.mul(present, change));
    }
    return state;
  }

  function tcn(): tf.Tensor2D {
    const flat = library.reshape(x, [sequences * steps, channels]) as tf.Tensor2D;
    const projected = library.add(
      library.matMul(flat, weights['tcn.project.kernel']!),
      weights['tcn.project.bias']!,
    );
    let read = library.reshape(projected, [sequences, steps, units]) as tf.Tensor3D;
    described.dilations.forEach((distance, at) => {
      const reach = Math.min(distance, steps);
      const earlier = library.slice(read, [0, 0, 0], [sequences, steps - reach, units]);
      const delayed = library.concat([library.zeros([sequences, reach, units]) as tf.Tensor3D, earlier], 1);
      const pairs = library.reshape(library.concat([read, delayed], 2), [
        sequences * steps,
        2 * units,
      ]) as tf.Tensor2D;
      const convolved = library.add(
        library.matMul(pairs, weights[`tcn.${at}.kernel`]!),
        weights[`tcn.${at}.bias`]!,
      );
      const kept = dropped(library, library.relu(convolved) as tf.Tensor2D, {
        share: described.dropout,
        pass,
      });
      read = library.add(read, library.reshape(kept, [sequences, steps, units]));
    });
    return library.reshape(library.slice(read, [0, steps - 1, 0], [sequences, 1, units]), [sequences, units]);
  }
}

/** Inverted dropout with a mask of its own random bits (xorshift32), so that a seed gives the same run. */
function dropped(
  library: Tensorflow,
  input: tf.Tensor2D,
  { share, pass }: { readonly share: number; readonly pass: Pass },
): tf.Tensor2D {
  if (!pass.training || share === 0) return input;
  const mask = new Float32Array(input.size);
  let noise = pass.noise;
  for (let i = 0; i < mask.length; i++) {
    noise ^= noise << 13;
    noise ^= noise >>> 17;
    noise ^= noise << 5;
    mask[i] = noise >>> 0 < share * 0x100000000 ? 0 : 1 / (1 - share);
  }
  pass.noise = noise;
  return library.mul(input, library.tensor2d(mask, input.shape));
}

/** The given rows of a flat rows x width array, one after another. */
function pick(values: Float32Array, width: number, rows: Uint32Array): Float32Array {
  const picked = new Float32Array(rows.length * width);
  rows.forEach((row, at) => picked.set(values.subarray(row * width, (row + 1) * width), at * width));
  return picked;
}
