import type { NetworkBackend, NetworkBatch, NetworkEngine } from '../backend.ts';
import { normOffsets, parameterShapes, trunkWidth } from '../network-spec.ts';
import type { BlockSpec, NetworkSpec } from '../network-spec.ts';
import { batchNorm } from './batch-norm.ts';
import { activate, addTensors, dense, dropout } from './dense.ts';
import { embedding, loadRows, lookBack, place } from './gather.ts';
import { gru } from './gru.ts';
import { createFloatMemory } from './matrix-product.ts';
import { createPlanner, forEachRun, one } from './operation.ts';
import type { Operation, ParameterPlace, Pass, Tensor } from './operation.ts';

/** Our own network core: 32-bit floats, WebAssembly SIMD products, one thread, the same bits on every machine. */
export const plainBackend: NetworkBackend = {
  name: 'plain',
  libraries: {},
  compile: compilePlain,
};

function compilePlain(
  spec: NetworkSpec,
  { seed, capacity }: { seed: number; capacity: number },
): NetworkEngine {
  const planner = createPlanner(capacity);
  const shapes = parameterShapes(spec);
  const parameters = new Map(shapes.map((shape) => [shape.name, planner.parameter(shape)]));
  const parameter = (name: string): ParameterPlace => parameters.get(name)!;
  const operations: Operation[] = [];
  let batch: NetworkBatch;

  const trunk = planner.tensor(trunkWidth(spec), 1);
  const inputsAlone = trunkWidth(spec) === spec.inputs;
  const inputs = inputsAlone ? trunk : planner.tensor(spec.inputs, 1);
  if (!inputsAlone) operations.push(place(inputs, trunk, { column: 0, step: 0, gradient: false }));
  let column = spec.inputs;
  let category = 0;
  const width = spec.embeddings.reduce((sum, { columns }) => sum + columns, 0);
  spec.embeddings.forEach(({ columns, dimensions }, at) => {
    for (let i = 0; i < columns; i++) {
      const to = { category: category++, width, column };
      operations.push(embedding(parameter(`embedding.${at}`), trunk, { batch: () => batch, at: to }));
      column += dimensions;
    }
  });
  const sequence = spec.sequence && encodeSequences(column);
  let output = trunk;
  const offsets = normOffsets(spec).offsets;
  spec.trunk.forEach((block, at) => (output = addBlock(block, at, output)));
  const scores = planner.tensor(spec.outputs, 1);
  addDense('head', output, scores);

  function addDense(name: string, from: Tensor, to: Tensor, inputGradient = true): void {
    const parts = { kernel: parameter(`${name}.kernel`), bias: parameter(`${name}.bias`), inputGradient };
    operations.push(dense(planner, from, to, parts));
  }

  function addBlock(block: BlockSpec, at: number, from: Tensor): Tensor {
    // Raw data need no gradient; whatever was learnt below the trunk does.
    const learntBelow = at > 0 || spec.embeddings.length > 0 || spec.sequence !== undefined;
    let tensor = planner.tensor(block.units, 1);
    addDense(`block.${at}`, from, tensor, learntBelow || block.kind === 'residual');
    if (block.batchNorm) {
      const normed = planner.tensor(block.units, 1);
      const parts = {
        scale: parameter(`block.${at}.scale`),
        shift: parameter(`block.${at}.shift`),
        offset: offsets[at]!,
      };
      operations.push(batchNorm(tensor, normed, parts));
      tensor = normed;
    }
    operations.push(activate(tensor, block.activation));
    tensor = addDropout(tensor, block.dropout);
    if (block.kind === 'dense') return tensor;
    const back = planner.tensor(from.columns, 1);
    addDense(`block.${at}.back`, tensor, back);
    const sum = planner.tensor(from.columns, 1);
    operations.push(addTensors(from, back, sum));
    return sum;
  }

  function addDropout(tensor: Tensor, share: number): Tensor {
    if (share === 0) return tensor;
    const dropped = planner.tensor(tensor.columns, tensor.rowsEach);
    operations.push(dropout(tensor, dropped, share));
    return dropped;
  }

  function encodeSequences(firstColumn: number): Tensor {
    const { count, steps, channels, encoder, units, dilations, dropout: share } = spec.sequence!;
    const x = planner.tensor(channels, count * steps);
    let read: Tensor;
    let stepsHeld = steps;
    if (encoder === 'gru') {
      stepsHeld = steps + 1;
      read = planner.tensor(units, count * stepsHeld);
      const parts = {
        input: parameter('gru.input'),
        inputBias: parameter('gru.inputBias'),
        recurrent: parameter('gru.recurrent'),
        recurrentBias: parameter('gru.recurrentBias'),
      };
      operations.push(gru(planner, x, read, { parts, steps, count }));
    } else {
      read = planner.tensor(units, count * steps);
      addDense('tcn.project', x, read, false);
      dilations.forEach((distance, at) => {
        const pairs = planner.tensor(2 * read.stride, count * steps);
        operations.push(lookBack(read, pairs, { steps, distance }));
        const convolved = planner.tensor(units, count * steps);
        addDense(`tcn.${at}`, pairs, convolved);
        operations.push(activate(convolved, 'relu'));
        const sum = planner.tensor(units, count * steps);
        operations.push(addTensors(read, addDropout(convolved, share), sum));
        read = sum;
      });
    }
    for (let i = 0; i < count; i++) {
      const step = (i + 1) * stepsHeld - 1;
      operations.push(place(read, trunk, { column: firstColumn + i * units, step, gradient: true }));
    }
    return x;
  }

  const memory = createFloatMemory(planner.length);
  const pass: Pass = { ...memory, rows: 0, training: false, noise: 1, norms: new Float32Array(0) };
  const { floats } = memory;
  floats[one] = 1;

  function forward(next: NetworkBatch, at: { parameters: Float32Array; norms: Float32Array }): Float32Array {
    batch = next;
    pass.rows = next.rows.length;
    pass.norms = at.norms;
    for (const target of parameters.values()) {
      forEachRun(target, (flat, to, length) => {
        for (let k = 0; k < length; k++) floats[target.value + to + k] = at.parameters[flat + k]!;
      });
    }
    loadRows(floats, inputs, { source: next.input.dense, rows: next.rows });
    if (sequence) loadRows(floats, sequence, { source: next.input.sequences, rows: next.rows });
    for (const operation of operations) operation.forward(pass);
    const answer = new Float32Array(pass.rows * spec.outputs);
    for (let row = 0, to = 0; row < pass.rows; row++) {
      for (let k = 0; k < spec.outputs; k++) answer[to++] = floats[scores.value + row * scores.stride + k]!;
    }
    return answer;
  }

  return {
    differentiate(next, at, gradientOf) {
      pass.training = true;
      pass.noise = (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(at.step + 1, 0x85ebca77)) | 1;
      const slopes = gradientOf(forward(next, at));
      for (const [from, to] of planner.gradients) floats.fill(0, from, to);
      for (let row = 0, from = 0; row < pass.rows; row++) {
        for (let k = 0; k < spec.outputs; k++)
          floats[scores.gradient + row * scores.stride + k] = slopes[from++]!;
      }
      for (let i = operations.length - 1; i >= 0; i--) operations[i]!.backward(pass);
      const gradient = new Float32Array(at.parameters.length);
      for (const source of parameters.values()) {
        forEachRun(source, (flat, from, length) => {
          for (let k = 0; k < length; k++) gradient[flat + k] = floats[source.gradient + from + k]!;
        });
      }
      return gradient;
    },
    predict(next, at) {
      pass.training = false;
      return forward(next, at);
    },
    dispose: () => {},
  };
}
