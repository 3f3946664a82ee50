import { assembleModule, block, doWhile, i32, leaveIf, local, v128 } from '../../tree/wasm/assembler.ts';
import type { Code, ValueType } from '../../tree/wasm/assembler.ts';
import { pageBytes, webAssembly } from '../../tree/wasm/web-assembly.ts';

/** Columns of every product are a multiple of this, rows of `rowBlock`. */
export const columnBlock = 8;
export const rowBlock = 4;

/**
 * C = init + A B on 32-bit floats, addresses and strides in bytes. A (rows x depth) is read through any two strides, so a
 * transposed matrix needs no copy; B (depth x columns), C and init (rows x columns) hold their columns next to each other.
 * An init stride of 0 repeats one row (a bias). rows is a multiple of 4, columns of 8. Every sum runs over the depth in
 * order and is rounded at each step, so the same numbers give the same bits on every machine and for any batch.
 */
export type MatrixProduct = (
  rows: number,
  columns: number,
  depth: number,
  a: number,
  aRow: number,
  aDepth: number,
  b: number,
  bRow: number,
  c: number,
  cRow: number,
  init: number,
  initRow: number,
) => void;

export interface FloatMemory {
  readonly floats: Float32Array;
  readonly multiply: MatrixProduct;
  /** In place max(0, x) of `count` > 0 floats, a multiple of 8, at a byte address. */
  readonly rectify: (at: number, count: number) => void;
  /** Sets the gradient to 0 wherever the value is not above 0. */
  readonly rectifyGradient: (value: number, gradient: number, count: number) => void;
}

const f32x4 = {
  add: (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0xe4, 0x01],
  mul: (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0xe6, 0x01],
  max: (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0xe9, 0x01],
  above: (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0x44],
  and: (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0x4e],
  loadSplat: (address: Code): Code => [...address, 0xfd, 0x09, 2, 0],
  zeros: [0xfd, 0x0c, ...new Array<number>(16).fill(0)] as Code,
};

const arguments_ = [
  'rows', 'columns', 'depth', 'a', 'aRow', 'aDepth', 'b', 'bRow', 'c', 'cRow', 'init', 'initRow',
] as const; // prettier-ignore
const integers = ['column', 'k', 'bAt', 'cAt', 'initAt', 'a0', 'a1', 'a2', 'a3'] as const;
const vectors = ['s00', 's01', 's10', 's11', 's20', 's21', 's30', 's31', 'b0', 'b1', 'factor'] as const;

type Name = (typeof arguments_)[number] | (typeof integers)[number] | (typeof vectors)[number];

const index = Object.fromEntries(
  [...arguments_, ...integers, ...vectors].map((name, at) => [name, at]),
) as Record<Name, number>;
const get = (name: Name): Code => local.get(index[name]);
const set = (name: Name, value: Code): Code => local.set(index[name], value);
const advance = (name: Name, by: Code): Code => set(name, i32.add(get(name), by));
const fourRows = [0, 1, 2, 3] as const;

/** Adds A's four numbers at this depth times B's eight to the 4 x 8 block of sums. */
function multiplyStep(): Code[] {
  return [
    set('b0', v128.load(get('bAt'))),
    set('b1', v128.load(get('bAt'), 16)),
    ...fourRows.flatMap((row) => [
      set('factor', f32x4.loadSplat(get(`a${row}`))),
      set(`s${row}0`, f32x4.add(get(`s${row}0`), f32x4.mul(get('factor'), get('b0')))),
      set(`s${row}1`, f32x4.add(get(`s${row}1`), f32x4.mul(get('factor'), get('b1')))),
      advance(`a${row}`, get('aDepth')),
    ]),
    advance('bAt', get('bRow')),
  ];
}

/** One 4 x 8 block of C: start from init, run over the depth, store. */
function productBlock(): Code[] {
  const columnBytes = i32.shl(get('column'), i32.const(2));
  return [
    set('initAt', i32.add(get('init'), columnBytes)),
    ...fourRows.flatMap((row) => [
      set(`s${row}0`, v128.load(get('initAt'))),
      set(`s${row}1`, v128.load(get('initAt'), 16)),
      advance('initAt', get('initRow')),
      set(`a${row}`, row === 0 ? get('a') : i32.add(get(`a${(row - 1) as 0 | 1 | 2}`), get('aRow'))),
    ]),
    set('bAt', i32.add(get('b'), columnBytes)),
    set('k', get('depth')),
    block(
      leaveIf(i32.eqz(get('k'))),
      doWhile(local.tee(index.k, i32.sub(get('k'), i32.const(1))), ...multiplyStep()),
    ),
    set('cAt', i32.add(get('c'), columnBytes)),
    ...fourRows.flatMap((row) => [
      v128.store(get('cAt'), get(`s${row}0`)),
      v128.store(get('cAt'), get(`s${row}1`), 16),
      advance('cAt', get('cRow')),
    ]),
  ];
}

function productBody(): Code[] {
  const fourTimes = (name: Name) => i32.shl(get(name), i32.const(2));
  return [
    block(
      leaveIf(i32.eqz(get('rows'))),
      doWhile(
        local.tee(index.rows, i32.sub(get('rows'), i32.const(rowBlock))),
        set('column', i32.const(0)),
        doWhile(
          i32.ltU(local.tee(index.column, i32.add(get('column'), i32.const(columnBlock))), get('columns')),
          ...productBlock(),
        ),
        advance('a', fourTimes('aRow')),
        advance('c', fourTimes('cRow')),
        advance('init', fourTimes('initRow')),
      ),
    ),
  ];
}

/** Vectors of four floats, one after another, until `count` floats are done. Parameter `last` is the count. */
function forEachFour(last: number, body: (offset: number) => Code[], pointers: readonly number[]): Code[] {
  const fours = [0, 16];
  return [
    doWhile(
      local.tee(last, i32.sub(local.get(last), i32.const(4 * fours.length))),
      ...fours.flatMap(body),
      ...pointers.map((pointer) =>
        local.set(pointer, i32.add(local.get(pointer), i32.const(16 * fours.length))),
      ),
    ),
  ];
}

const rectify = forEachFour(
  1,
  (offset) => [v128.store(local.get(0), f32x4.max(v128.load(local.get(0), offset), f32x4.zeros), offset)],
  [0],
);

const rectifyGradient = forEachFour(
  2,
  (offset) => [
    v128.store(
      local.get(1),
      f32x4.and(v128.load(local.get(1), offset), f32x4.above(v128.load(local.get(0), offset), f32x4.zeros)),
      offset,
    ),
  ],
  [0, 1],
);

/** A memory of at least `count` floats, all 0, with the product that works in it. */
export function createFloatMemory(count: number): FloatMemory {
  const pages = Math.max(1, Math.ceil((count * 4) / pageBytes));
  const memory = new webAssembly.Memory({ initial: pages, maximum: pages, shared: false });
  const repeat = (type: ValueType, times: number) => new Array<ValueType>(times).fill(type);
  const functions = [
    {
      name: 'multiply',
      parameters: repeat('i32', arguments_.length),
      results: [],
      locals: [...repeat('i32', integers.length), ...repeat('v128', vectors.length)],
      body: productBody(),
    },
    { name: 'rectify', parameters: repeat('i32', 2), results: [], locals: [], body: rectify },
    { name: 'rectifyGradient', parameters: repeat('i32', 3), results: [], locals: [], body: rectifyGradient },
  ];
  const limits = { minimumPages: pages, maximumPages: pages, shared: false };
  const module = new webAssembly.Module(assembleModule(functions, limits));
  const { exports } = new webAssembly.Instance(module, { env: { memory } });
  return { ...(exports as unknown as Omit<FloatMemory, 'floats'>), floats: new Float32Array(memory.buffer) };
}
