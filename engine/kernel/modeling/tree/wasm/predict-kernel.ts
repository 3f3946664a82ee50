import {
  assembleModule,
  block,
  doWhile,
  f32,
  f64,
  i32,
  leaveIf,
  local,
  type Code,
  type WasmFunction,
} from './assembler.ts';
import { pageBytes, webAssembly, type WasmMemory } from './web-assembly.ts';

/** Rows that walk down a tree side by side, so that the processor never waits for one of them. */
export const lanes = 8;
/** Threshold f32, feature (byte offset in a row) i32, left child (address) i32, leaf value f32; right = left + 16. */
export const packedNodeBytes = 16;

export interface PredictKernel {
  readonly memory: WasmMemory;
  /**
   * Adds a tree's leaf values to `count` scores (a multiple of `lanes`). A row goes right where its value is not below
   * the threshold; leaves have the threshold NaN and themselves for a child, so that all rows take `depth` steps.
   */
  addTree(root: number, depth: number, rows: number, count: number, scores: number): void;
}

/** The kernel for rows of `rowBytes` bytes in a memory of the given size. */
export function createPredictKernel(rowBytes: number, bytes: number): PredictKernel {
  const pages = Math.ceil(bytes / pageBytes) + 1;
  const memory = new webAssembly.Memory({ initial: pages, maximum: pages, shared: false });
  const module = new webAssembly.Module(
    assembleModule([addTree(rowBytes)], { minimumPages: pages, maximumPages: pages, shared: false }),
  );
  const { exports } = new webAssembly.Instance(module, { env: { memory } });
  return { memory, addTree: exports['addTree'] as PredictKernel['addTree'] };
}

function addTree(rowBytes: number): WasmFunction {
  const { get, set, tee } = local;
  const [root, depth, rows, count, scores, step] = [0, 1, 2, 3, 4, 5];
  const node = (lane: number): number => 6 + lane;
  const each = (statement: (lane: number) => Code): Code[] =>
    Array.from({ length: lanes }, (_, lane) => statement(lane));
  const goDown = (lane: number): Code => {
    const value = f32.load(i32.add(get(rows), i32.load(get(node(lane)), 4)), lane * rowBytes);
    const isRight = f32.ge(value, f32.load(get(node(lane))));
    return set(node(lane), i32.add(i32.load(get(node(lane)), 8), i32.shl(isRight, i32.const(4))));
  };
  const addLeaf = (lane: number): Code =>
    f64.store(
      get(scores),
      f64.add(f64.load(get(scores), lane * 8), f32.toF64(f32.load(get(node(lane)), 12))),
      lane * 8,
    );
  return {
    name: 'addTree',
    parameters: ['i32', 'i32', 'i32', 'i32', 'i32'],
    results: [],
    locals: ['i32', ...each(() => []).map(() => 'i32' as const)],
    body: [
      block(
        leaveIf(i32.eqz(get(count))),
        doWhile(
          tee(count, i32.sub(get(count), i32.const(lanes))),
          ...each((lane) => set(node(lane), get(root))),
          block(
            leaveIf(i32.eqz(get(depth))),
            set(step, get(depth)),
            doWhile(tee(step, i32.sub(get(step), i32.const(1))), ...each(goDown)),
          ),
          ...each(addLeaf),
          set(rows, i32.add(get(rows), i32.const(lanes * rowBytes))),
          set(scores, i32.add(get(scores), i32.const(lanes * 8))),
        ),
      ),
    ],
  };
}
