/**
 * A small WebAssembly assembler: every function answers the bytes of one expression or statement, so that a kernel reads
 * as nested calls and needs no compiler. Only the instructions that the kernels use are here.
 * Binary format: WebAssembly Core Specification 2.0, chapter 5; SIMD opcodes carry the prefix 0xfd.
 */
export type Code = readonly number[];

export type ValueType = 'i32' | 'i64' | 'f64' | 'v128';

const typeBytes: Readonly<Record<ValueType, number>> = { i32: 0x7f, i64: 0x7e, f64: 0x7c, v128: 0x7b };

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  do {
    const low = value % 128;
    value = Math.floor(value / 128);
    bytes.push(value > 0 ? low | 0x80 : low);
  } while (value > 0);
  return bytes;
}

function signed(value: bigint): number[] {
  const bytes: number[] = [];
  for (;;) {
    const low = Number(value & 0x7fn);
    value >>= 7n;
    if ((value === 0n && (low & 0x40) === 0) || (value === -1n && (low & 0x40) !== 0)) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

function doubleBytes(value: number): number[] {
  return [...new Uint8Array(new Float64Array([value]).buffer)];
}

const unary =
  (...opcode: number[]) =>
  (a: Code): Code => [...a, ...opcode];
const binary =
  (...opcode: number[]) =>
  (a: Code, b: Code): Code => [...a, ...b, ...opcode];
const simd = (opcode: number): number[] => [0xfd, ...unsigned(opcode)];
const load =
  (alignment: number, ...opcode: number[]) =>
  (address: Code, offset = 0): Code => [...address, ...opcode, alignment, ...unsigned(offset)];
const store =
  (alignment: number, ...opcode: number[]) =>
  (address: Code, value: Code, offset = 0): Code => [
    ...address,
    ...value,
    ...opcode,
    alignment,
    ...unsigned(offset),
  ];

export const i32 = {
  const: (value: number): Code => [0x41, ...signed(BigInt(value))],
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  and: binary(0x71),
  or: binary(0x72),
  shl: binary(0x74),
  shrU: binary(0x76),
  eq: binary(0x46),
  ne: binary(0x47),
  ltU: binary(0x49),
  leU: binary(0x4d),
  gtU: binary(0x4b),
  geU: binary(0x4f),
  eqz: unary(0x45),
  load: load(2, 0x28),
  load8U: load(0, 0x2d),
  load16U: load(1, 0x2f),
  store: store(2, 0x36),
  store8: store(0, 0x3a),
};

export const i64 = {
  const: (value: bigint): Code => [0x42, ...signed(value)],
  add: binary(0x7c),
  sub: binary(0x7d),
  and: binary(0x83),
  or: binary(0x84),
  shl: binary(0x86),
  shrS: binary(0x87),
  shrU: binary(0x88),
  eqz: unary(0x50),
  fromI32U: unary(0xad),
  truncF64: unary(0xb0),
  load: load(3, 0x29),
  store: store(3, 0x37),
};

export const f64 = {
  const: (value: number): Code => [0x44, ...doubleBytes(value)],
  add: binary(0xa0),
  sub: binary(0xa1),
  mul: binary(0xa2),
  div: binary(0xa3),
  max: binary(0xa5),
  nearest: unary(0x9e),
  gt: binary(0x64),
  ge: binary(0x66),
  lt: binary(0x63),
  fromI32: unary(0xb7),
  fromI64: unary(0xb9),
  reinterpretI64: unary(0xbf),
  load: load(3, 0x2b),
  store: store(3, 0x39),
};

export const f32 = {
  ge: binary(0x60),
  load: load(2, 0x2a),
  toF64: unary(0xbb),
};

/** Two doubles side by side. */
export const f64x2 = {
  splat: unary(...simd(0x14)),
  const: (value: number): Code => [...simd(0x0c), ...doubleBytes(value), ...doubleBytes(value)],
  eq: binary(...simd(0x47)),
  add: binary(...simd(0xf0)),
  sub: binary(...simd(0xf1)),
  mul: binary(...simd(0xf2)),
  div: binary(...simd(0xf3)),
  max: binary(...simd(0xf7)),
  nearest: unary(...simd(0x94)),
  gt: binary(...simd(0x4a)),
  ge: binary(...simd(0x4c)),
  /** Bit 0 and 1 of an i32: whether the first and the second mask are set. */
  bitmask: unary(...simd(0xc4)),
  lane: (vector: Code, lane: 0 | 1): Code => [...vector, ...simd(0x21), lane],
  /** The first (or second) numbers of two vectors. */
  firsts: binary(...simd(0x0d), 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23),
  seconds: binary(...simd(0x0d), 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31),
  /** The two lowest 32-bit whole numbers. */
  fromI32: unary(...simd(0xfe)),
  /** Two 32-bit whole numbers in the lower half, zero above. */
  toI32: unary(...simd(0xfc)),
};

export const v128 = {
  load: load(4, ...simd(0x00)),
  /** One 64-bit word, twice. */
  load64Splat: load(3, ...simd(0x0a)),
  store: store(4, ...simd(0x0b)),
  addI64: binary(...simd(0xce)),
  subI64: binary(...simd(0xd1)),
  splatI64: unary(...simd(0x12)),
  and: binary(...simd(0x4e)),
  shlI64: binary(...simd(0xcb)),
  /** The 32-bit numbers a0 b0 a1 b1. */
  interleaveI32: binary(...simd(0x0d), 0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23),
};

export const local = {
  get: (index: number): Code => [0x20, ...unsigned(index)],
  set: (index: number, value: Code): Code => [...value, 0x21, ...unsigned(index)],
  tee: (index: number, value: Code): Code => [...value, 0x22, ...unsigned(index)],
};

/** Copies `bytes` from one place to another; the two may overlap. */
export function copyMemory(to: Code, from: Code, bytes: Code): Code {
  return [...to, ...from, ...bytes, 0xfc, 0x0a, 0x00, 0x00];
}

/** Runs the body again and again while the condition, looked at after it, holds. */
export function doWhile(condition: Code, ...body: readonly Code[]): Code {
  return [0x03, 0x40, ...body.flat(), ...condition, 0x0d, 0x00, 0x0b];
}

export function when(condition: Code, then: readonly Code[], otherwise: readonly Code[] = []): Code {
  const other = otherwise.length > 0 ? [0x05, ...otherwise.flat()] : [];
  return [...condition, 0x04, 0x40, ...then.flat(), ...other, 0x0b];
}

/** Leaves the innermost enclosing `block` when the condition holds. */
export function block(...body: readonly Code[]): Code {
  return [0x02, 0x40, ...body.flat(), 0x0b];
}

export function leaveIf(condition: Code, depth = 0): Code {
  return [...condition, 0x0d, ...unsigned(depth)];
}

export interface WasmFunction {
  readonly name: string;
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
  /** Further locals, numbered on from the parameters. */
  readonly locals: readonly ValueType[];
  readonly body: readonly Code[];
}

function vector(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function section(id: number, content: Code): Code {
  return [id, ...unsigned(content.length), ...content];
}

function text(value: string): Code {
  return [...unsigned(value.length), ...Array.from(value, (character) => character.charCodeAt(0))];
}

/** The bytes of a module that exports the functions and imports its memory as `env.memory`. */
export function assembleModule(
  functions: readonly WasmFunction[],
  memory: { readonly minimumPages: number; readonly maximumPages: number; readonly shared: boolean },
): Uint8Array {
  const types = functions.map(({ parameters, results }): Code => [
    0x60,
    ...vector(parameters.map((type) => [typeBytes[type]])),
    ...vector(results.map((type) => [typeBytes[type]])),
  ]);
  const bodies = functions.map(({ locals, body }): Code => {
    const code = [...vector(locals.map((type) => [1, typeBytes[type]])), ...body.flat(), 0x0b];
    return [...unsigned(code.length), ...code];
  });
  const limits = [memory.shared ? 3 : 1, ...unsigned(memory.minimumPages), ...unsigned(memory.maximumPages)];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(types)),
    ...section(2, vector([[...text('env'), ...text('memory'), 0x02, ...limits]])),
    ...section(3, vector(functions.map((_, index) => unsigned(index)))),
    ...section(7, vector(functions.map(({ name }, index) => [...text(name), 0x00, ...unsigned(index)]))),
    ...section(10, vector(bodies)),
  ]);
}
