import {
  createProtobufMessage,
  littleEndianFloats,
  littleEndianIntegers,
  type ProtobufMessage,
} from './protobuf.ts';

/** Name of a value that flows through the graph. */
export type OnnxValue = string;

export type OnnxAttribute =
  | { readonly float: number }
  | { readonly integer: number }
  | { readonly text: string }
  | { readonly floats: ArrayLike<number> }
  | { readonly integers: ArrayLike<number> }
  | { readonly texts: readonly string[] };

export type OnnxType = 'float' | 'int64';

export interface NodeOptions {
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
  /** Default the standard operators; `ai.onnx.ml` holds the trees. */
  readonly domain?: 'ai.onnx.ml';
}

/** An ONNX model in the making. Rows are the first dimension everywhere and may be any number. */
export interface OnnxGraph {
  /** An input of rows x columns float32. */
  input(name: string, columns: number): OnnxValue;
  /** Float32 numbers of the given shape; a scalar without one. */
  floats(values: ArrayLike<number>, shape?: readonly number[]): OnnxValue;
  integers(values: ArrayLike<number>): OnnxValue;
  node(operator: string, inputs: readonly OnnxValue[], options?: NodeOptions): OnnxValue;
  /** Names a value as an output; `columns` undefined: one number a row, without a second dimension. */
  output(name: string, value: OnnxValue, shape: { readonly type: OnnxType; readonly columns?: number }): void;
  /** The file's bytes. */
  finish(metadata: Readonly<Record<string, string>>): Uint8Array;
}

/** The version of the file format and of the operators: what onnxruntime 1.14 (2023) and newer run. */
const versions = { file: 8, operators: 17, treeOperators: 3 } as const;

const elementTypes: Record<OnnxType, number> = { float: 1, int64: 7 };

/** Field numbers are those of onnx.proto (github.com/onnx/onnx). */
export function createOnnxGraph(name: string): OnnxGraph {
  const graph = createProtobufMessage();
  const inputs: ProtobufMessage[] = [];
  const outputs: ProtobufMessage[] = [];
  const initializers: ProtobufMessage[] = [];
  let values = 0;
  const fresh = (kind: string): OnnxValue => `${kind}_${values++}`;

  const addInitializer = (fields: (tensor: ProtobufMessage) => void, shape: readonly number[]): OnnxValue => {
    const value = fresh('constant');
    const tensor = createProtobufMessage();
    if (shape.length > 0) tensor.packedIntegers(1, shape);
    fields(tensor);
    initializers.push(tensor.text(8, value));
    return value;
  };

  return {
    input(inputName, columns) {
      inputs.push(valueInfo(inputName, { type: 'float', columns }));
      return inputName;
    },
    floats: (given, shape = []) =>
      addInitializer(
        (tensor) => tensor.integer(2, elementTypes.float).bytes(9, littleEndianFloats(given)),
        shape,
      ),
    integers: (given) =>
      addInitializer(
        (tensor) => tensor.integer(2, elementTypes.int64).bytes(9, littleEndianIntegers(given)),
        [given.length],
      ),
    node(operator, from, { attributes = {}, domain } = {}) {
      const value = fresh(operator.toLowerCase());
      const node = createProtobufMessage();
      for (const input of from) node.text(1, input);
      node.text(2, value).text(3, value).text(4, operator);
      for (const [key, attribute] of Object.entries(attributes)) node.message(5, toAttribute(key, attribute));
      if (domain) node.text(7, domain);
      graph.message(1, node);
      return value;
    },
    output(outputName, value, shape) {
      const node = createProtobufMessage().text(1, value).text(2, outputName).text(3, outputName);
      graph.message(1, node.text(4, 'Identity'));
      outputs.push(valueInfo(outputName, shape));
    },
    finish(metadata) {
      graph.text(2, name);
      for (const tensor of initializers) graph.message(5, tensor);
      for (const input of inputs) graph.message(11, input);
      for (const output of outputs) graph.message(12, output);
      const operators = (domain: string, version: number) =>
        createProtobufMessage().text(1, domain).integer(2, version);
      const model = createProtobufMessage()
        .integer(1, versions.file)
        .text(2, 'auspex')
        .message(7, graph)
        .message(8, operators('', versions.operators))
        .message(8, operators('ai.onnx.ml', versions.treeOperators));
      for (const [key, value] of Object.entries(metadata)) {
        model.message(14, createProtobufMessage().text(1, key).text(2, value));
      }
      return model.finish();
    },
  };
}

function toAttribute(name: string, attribute: OnnxAttribute): ProtobufMessage {
  const message = createProtobufMessage().text(1, name);
  if ('float' in attribute) return message.float(2, attribute.float).integer(20, 1);
  if ('integer' in attribute) return message.integer(3, attribute.integer).integer(20, 2);
  if ('text' in attribute) return message.text(4, attribute.text).integer(20, 3);
  if ('floats' in attribute) return message.packedFloats(7, attribute.floats).integer(20, 6);
  if ('integers' in attribute) return message.packedIntegers(8, attribute.integers).integer(20, 7);
  for (const text of attribute.texts) message.text(9, text);
  return message.integer(20, 8);
}

function valueInfo(
  name: string,
  { type, columns }: { readonly type: OnnxType; readonly columns?: number },
): ProtobufMessage {
  const rows = createProtobufMessage().text(2, 'rows');
  const shape = createProtobufMessage().message(1, rows);
  if (columns !== undefined) shape.message(1, createProtobufMessage().integer(1, columns));
  const tensor = createProtobufMessage().integer(1, elementTypes[type]).message(2, shape);
  return createProtobufMessage().text(1, name).message(2, createProtobufMessage().message(1, tensor));
}
