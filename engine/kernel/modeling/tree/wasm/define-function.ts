import type { Code, ValueType, WasmFunction } from './assembler.ts';

/** A function whose parameters and locals are known to its body by name. */
export function defineFunction(
  name: string,
  signature: Readonly<Record<string, ValueType>>,
  options: {
    readonly locals: Readonly<Record<string, ValueType>>;
    readonly results?: readonly ValueType[];
    body(index: Readonly<Record<string, number>>): readonly Code[];
  },
): WasmFunction {
  const names = [...Object.keys(signature), ...Object.keys(options.locals)];
  return {
    name,
    parameters: Object.values(signature),
    results: options.results ?? [],
    locals: Object.values(options.locals),
    body: options.body(Object.fromEntries(names.map((label, index) => [label, index]))),
  };
}
