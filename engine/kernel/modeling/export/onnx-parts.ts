import type { Design } from '../linear/design.ts';
import type { OnnxGraph, OnnxValue } from './onnx-graph.ts';

/** How scores become what a model answers. */
export type Link =
  | { readonly kind: 'softmax' | 'logistic' | 'identity' | 'exponential' }
  /** Sigmoids made to sum to 1; of one score, those of both its signs. */
  | { readonly kind: 'shares' }
  /** Score k is asked whether the class lies beyond k, once it is at least k. */
  | { readonly kind: 'conditional' }
  /** One score a row and ascending thresholds: P(class <= k) = sigmoid(threshold k - score). */
  | { readonly kind: 'ordered'; readonly thresholds: ArrayLike<number> };

/** The columns of a design without its leading 1: missing or infinite values made the mean, scaled, with their indicators. */
export function designColumns(graph: OnnxGraph, features: OnnxValue, design: Design): OnnxValue {
  const { means, scales, centres, indicators } = design;
  const row = (values: Float64Array) => graph.floats(values, [1, values.length]);
  const absent = graph.node('Or', [graph.node('IsNaN', [features]), graph.node('IsInf', [features])]);
  const filled = graph.node('Where', [absent, row(means), features]);
  const scaled = graph.node('Div', [graph.node('Sub', [filled, row(centres)]), row(scales)]);
  if (indicators.length === 0) return scaled;
  const chosen = graph.node('Gather', [toFloat(graph, absent), graph.integers(indicators)], axis(1));
  return graph.node('Concat', [scaled, chosen], axis(1));
}

/** x W + b for a row-major inputs x outputs matrix. */
export function denseLayer(
  graph: OnnxGraph,
  input: OnnxValue,
  layer: { readonly kernel: ArrayLike<number>; readonly bias: ArrayLike<number> },
): OnnxValue {
  const outputs = layer.bias.length;
  const kernel = graph.floats(layer.kernel, [layer.kernel.length / outputs, outputs]);
  return graph.node('Gemm', [input, kernel, graph.floats(layer.bias, [outputs])]);
}

export function axis(integer: number): {
  readonly attributes: { readonly axis: { readonly integer: number } };
} {
  return { attributes: { axis: { integer } } };
}

export function toFloat(graph: OnnxGraph, value: OnnxValue): OnnxValue {
  return graph.node('Cast', [value], { attributes: { to: { integer: 1 } } });
}

/** What the scores mean, for so many classes (0 for a regression). */
export function applyLink(
  graph: OnnxGraph,
  scores: OnnxValue,
  { link, classes }: { readonly link: Link; readonly classes: number },
): OnnxValue {
  switch (link.kind) {
    case 'softmax':
      return graph.node('Softmax', [scores], axis(1));
    case 'identity':
      return scores;
    case 'exponential':
      return graph.node('Exp', [scores]);
    case 'logistic': {
      // Each share from its own sign: 1 - p loses the digits of a small one.
      const against = graph.node('Sigmoid', [graph.node('Neg', [scores])]);
      return graph.node('Concat', [against, graph.node('Sigmoid', [scores])], axis(1));
    }
    case 'shares': {
      if (classes === 2) return applyLink(graph, scores, { link: { kind: 'logistic' }, classes });
      const shares = graph.node('Sigmoid', [scores]);
      return graph.node('Div', [shares, graph.node('ReduceSum', [shares, graph.integers([1])])]);
    }
    case 'conditional': {
      const parts: OnnxValue[] = [];
      let beyond: OnnxValue | undefined;
      const reached = (share: OnnxValue) => (beyond ? graph.node('Mul', [beyond, share]) : share);
      for (let k = 0; k < classes - 1; k++) {
        const score = graph.node('Gather', [scores, graph.integers([k])], axis(1));
        parts.push(reached(graph.node('Sigmoid', [graph.node('Neg', [score])])));
        beyond = reached(graph.node('Sigmoid', [score]));
      }
      return graph.node('Concat', [...parts, beyond!], axis(1));
    }
    case 'ordered': {
      const { thresholds } = link;
      const cuts = graph.floats(thresholds, [1, thresholds.length]);
      const upTo = graph.node('Sigmoid', [graph.node('Sub', [cuts, scores])]);
      const zeros = graph.node('Mul', [scores, graph.floats([0])]);
      const ones = graph.node('Add', [zeros, graph.floats([1])]);
      const upper = graph.node('Concat', [upTo, ones], axis(1));
      return graph.node('Sub', [upper, graph.node('Concat', [zeros, upTo], axis(1))]);
    }
  }
}
