import type { SequenceColumns } from '../neural/network-input.ts';
import type { SequenceSpec } from '../neural/network-spec.ts';
import type { OnnxGraph, OnnxValue } from './onnx-graph.ts';
import { axis, denseLayer, toFloat } from './onnx-parts.ts';

/** What the sequence encoder of a network needs of the saved model. */
export interface SequenceParts {
  readonly spec: SequenceSpec;
  readonly sequence: SequenceColumns;
  readonly means: ArrayLike<number>;
  readonly scales: ArrayLike<number>;
  /** Standardised values beyond this many deviations count as this many. */
  readonly farthest: number;
  readonly pick: (names: readonly string[]) => OnnxValue;
  readonly parameter: (name: string) => ArrayLike<number>;
}

/** One match of a sequence: its channels with the presence behind them, and the presence alone (rows x 1). */
interface Step {
  readonly values: OnnxValue;
  readonly present: OnnxValue;
}

/** Each series' last state, rows x units; the steps stand one behind the other in the graph. */
export function exportSequences(graph: OnnxGraph, parts: SequenceParts): OnnxValue[] {
  return parts.sequence.columns.map((steps) => {
    const read = steps.map((names) => exportStep(graph, names, parts));
    return parts.spec.encoder === 'gru' ? exportGru(graph, read, parts) : exportTcn(graph, read, parts);
  });
}

function exportStep(graph: OnnxGraph, names: readonly string[], parts: SequenceParts): Step {
  const { means, scales, farthest, pick } = parts;
  const row = (values: ArrayLike<number>) => graph.floats(values, [1, values.length]);
  const raw = pick(names);
  const absent = graph.node('Or', [graph.node('IsNaN', [raw]), graph.node('IsInf', [raw])]);
  // A missing channel becomes the mean and so 0.
  const filled = graph.node('Where', [absent, row(means), raw]);
  const scaled = graph.node('Div', [graph.node('Sub', [filled, row(means)]), row(scales)]);
  const held = graph.node('Clip', [scaled, graph.floats([-farthest]), graph.floats([farthest])]);
  const here = toFloat(graph, graph.node('Not', [absent]));
  const present = graph.node('ReduceMax', [here], { attributes: { axes: { integers: [1] } } });
  return { values: graph.node('Concat', [held, present], axis(1)), present };
}

/** h' = n + z (h - n) with n = tanh(x W_n + r (h U_n)), unless the step is absent; see the gated recurrent unit of the network. */
function exportGru(graph: OnnxGraph, steps: readonly Step[], { spec, parameter }: SequenceParts): OnnxValue {
  const { units, channels } = spec;
  const gate = (name: string, at: number, input: OnnxValue) =>
    denseLayer(graph, input, {
      kernel: columnsOf(parameter(name), { from: at * units, width: units, of: 3 * units }),
      bias: columnsOf(parameter(`${name}Bias`), { from: at * units, width: units, of: 3 * units }),
    });
  const sum = (...values: [OnnxValue, OnnxValue]) => graph.node('Add', values);
  let state = graph.node('MatMul', [
    steps[0]!.values,
    graph.floats(new Float64Array(channels * units), [channels, units]),
  ]);
  for (const { values, present } of steps) {
    const [z, r] = [0, 1].map((at) =>
      graph.node('Sigmoid', [sum(gate('gru.input', at, values), gate('gru.recurrent', at, state))]),
    ) as [OnnxValue, OnnxValue];
    const remembered = graph.node('Mul', [r, gate('gru.recurrent', 2, state)]);
    const fresh = graph.node('Tanh', [sum(gate('gru.input', 2, values), remembered)]);
    const kept = graph.node('Mul', [z, graph.node('Sub', [state, fresh])]);
    const change = graph.node('Sub', [sum(fresh, kept), state]);
    state = sum(state, graph.node('Mul', [present, change]));
  }
  return state;
}

/** Causal convolutions of two taps with growing distance, each added to what it read. */
function exportTcn(graph: OnnxGraph, steps: readonly Step[], { spec, parameter }: SequenceParts): OnnxValue {
  const { units, dilations } = spec;
  const project = { kernel: parameter('tcn.project.kernel'), bias: parameter('tcn.project.bias') };
  let read = steps.map(({ values }) => denseLayer(graph, values, project));
  dilations.forEach((distance, at) => {
    const kernel = Array.from(parameter(`tcn.${at}.kernel`));
    const now = { kernel: kernel.slice(0, units * units), bias: parameter(`tcn.${at}.bias`) };
    const before = { kernel: kernel.slice(units * units), bias: new Float64Array(units) };
    const earlier = read;
    read = earlier.map((value, step) => {
      let convolved = denseLayer(graph, value, now);
      const past = earlier[step - distance];
      if (past !== undefined) convolved = graph.node('Add', [convolved, denseLayer(graph, past, before)]);
      return graph.node('Add', [value, graph.node('Relu', [convolved])]);
    });
  });
  return read.at(-1)!;
}

/** Some neighbouring columns of a row-major matrix. */
function columnsOf(
  values: ArrayLike<number>,
  { from, width, of }: { readonly from: number; readonly width: number; readonly of: number },
): Float64Array {
  const rows = values.length / of;
  return Float64Array.from(
    { length: rows * width },
    (_, at) => values[Math.floor(at / width) * of + from + (at % width)]!,
  );
}
