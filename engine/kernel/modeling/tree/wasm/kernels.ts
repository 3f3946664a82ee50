import {
  assembleModule,
  block,
  copyMemory,
  doWhile,
  f64,
  f64x2,
  i32,
  i64,
  leaveIf,
  local,
  v128,
  when,
  type Code,
  type WasmFunction,
} from './assembler.ts';
import { defineFunction } from './define-function.ts';
import { histogramKernels, type BinBytes } from './histogram-kernels.ts';
import { webAssembly, type WasmMemory, type WasmModule } from './web-assembly.ts';

/** Bytes of one feature's entry in the table that `scan` reads: first bin (byte offset), bins, has missing, unused. */
export const featureEntryBytes = 16;
/** Bytes of one result of `scan`: score f64, left sums i64, feature i32 (-1: none), bin i32, default direction i32. */
export const splitResultBytes = 32;
/** Default direction in a `scan` result where the node has no missing value in the feature. */
export const noMissingSeen = 2;

/**
 * The compute kernels, exported under these names. A histogram entry is one 64-bit word: the sum of quantised gradients
 * (signed, upper half) and of quantised Hessians (never negative, lower half), so that one addition serves both.
 */
export interface TreeKernels {
  /**
   * Adds the gradients of `count` rows to their bins: `ownBytes` of bins a row, `rowBytes` from row to row. `bases`
   * lists where the entries of each of these features begin.
   */
  histogram(
    rows: number,
    count: number,
    bins: number,
    rowBytes: number,
    ownBytes: number,
    bases: number,
    gradients: number,
  ): void;
  /** The same for two outputs at once, whose entries lie side by side: 16 bytes in place of 8. */
  twinHistogram(
    rows: number,
    count: number,
    bins: number,
    rowBytes: number,
    ownBytes: number,
    bases: number,
    gradients: number,
    twinGradients: number,
  ): void;
  /** Brings what the histograms of these rows will read into the processor's cache. */
  fetchRows(
    rows: number,
    count: number,
    bins: number,
    rowBytes: number,
    ownBytes: number,
    gradients: number,
  ): void;
  /** to -= from, `bytes` > 0 and a multiple of 16. */
  subtract(to: number, from: number, bytes: number): void;
  /** to = from, then from = 0. */
  move(to: number, from: number, bytes: number): void;
  /** Takes the entries of two outputs apart, `bytes` of each, then sets them to 0. */
  moveTwins(to: number, twinTo: number, from: number, bytes: number): void;
  /** Writes the best split of features [first, last) to `result`. `minimum` is the least Hessian of a child. */
  scan(
    histogram: number,
    features: number,
    first: number,
    last: number,
    mask: number,
    totalGradient: number,
    totalHessian: number,
    lambda: number,
    minimum: number,
    result: number,
  ): void;
  /** Stable partition in place: rows whose bin is <= `splitBin` or equals `leftBin` come first. Answers their number. */
  partition(
    rows: number,
    count: number,
    column: number,
    splitBin: number,
    leftBin: number,
    spare: number,
  ): number;
  /** The packed sum of the rows' quantised gradients. */
  sum(rows: number, count: number, gradients: number): bigint;
  /**
   * Quantised softmax gradients and Hessians 2 p (1 - p) of `pairs` pairs of rows from the given addresses on. Arrays
   * of an output follow each other after `outputBytes`; `shares` is room for 16 bytes an output.
   */
  softmax(
    scores: number,
    target: number,
    weights: number,
    gradients: number,
    shares: number,
    outputBytes: number,
    outputs: number,
    pairs: number,
    gradientScale: number,
    hessianScale: number,
  ): void;
  /** Adds `value` to the scores of the rows; `scores` is the address of the first row's score. */
  addToScores(rows: number, count: number, scores: number, value: number): void;
}

const get = local.get;
const set = local.set;
const add = i32.add;

const scan = defineFunction(
  'scan',
  {
    histogram: 'i32',
    features: 'i32',
    first: 'i32',
    last: 'i32',
    mask: 'i32',
    totalGradient: 'i32',
    totalHessian: 'i32',
    lambda: 'f64',
    minimum: 'f64',
    result: 'i32',
  },
  {
    locals: {
      entry: 'i32',
      start: 'i32',
      at: 'i32',
      end: 'i32',
      direction: 'i32',
      sum: 'i64',
      here: 'i64',
      missing: 'i64',
      score: 'f64',
      best: 'f64',
      left: 'v128',
      right: 'v128',
      hessians: 'v128',
      all: 'v128',
      penalty: 'v128',
      least: 'v128',
      sides: 'i32',
    },
    body: (v) => {
      // Vectors of a side hold its Hessian and its gradient; then both sides' Hessians and both sides' gradients meet.
      const gradients = f64x2.seconds(get(v['left']!), get(v['right']!));
      const qualities = f64x2.div(
        f64x2.mul(local.tee(v['left']!, gradients), get(v['left']!)),
        f64x2.add(get(v['hessians']!), get(v['penalty']!)),
      );
      const keep: Code[] = [
        set(v['best']!, get(v['score']!)),
        f64.store(get(v['result']!), get(v['score']!)),
        i64.store(get(v['result']!), get(v['sum']!), 8),
        i32.store(get(v['result']!), get(v['first']!), 16),
        i32.store(get(v['result']!), i32.shrU(i32.sub(get(v['at']!), get(v['start']!)), i32.const(3)), 20),
        i32.store(get(v['result']!), get(v['direction']!), 24),
      ];
      const walk = block(
        set(v['at']!, get(v['start']!)),
        leaveIf(i32.geU(get(v['at']!), get(v['end']!))),
        doWhile(
          i32.ltU(local.tee(v['at']!, add(get(v['at']!), i32.const(8))), get(v['end']!)),
          when(i32.eqz(i64.eqz(local.tee(v['here']!, i64.load(get(v['at']!))))), [
            set(v['sum']!, i64.add(get(v['sum']!), get(v['here']!))),
            set(v['left']!, f64x2.fromI32(v128.splatI64(get(v['sum']!)))),
            set(v['right']!, f64x2.sub(get(v['all']!), get(v['left']!))),
            set(v['hessians']!, f64x2.firsts(get(v['left']!), get(v['right']!))),
            set(v['sides']!, f64x2.bitmask(f64x2.ge(get(v['hessians']!), get(v['least']!)))),
            // The right side only shrinks: from here on every split leaves it too little (out of when, loop and block).
            leaveIf(i32.ltU(get(v['sides']!), i32.const(2)), 2),
            when(i32.eq(get(v['sides']!), i32.const(3)), [
              set(v['right']!, qualities),
              set(v['score']!, f64.add(f64x2.lane(get(v['right']!), 0), f64x2.lane(get(v['right']!), 1))),
              when(f64.gt(get(v['score']!), get(v['best']!)), keep),
            ]),
          ]),
        ),
      );
      return [
        set(v['best']!, f64.const(-1)),
        i32.store(get(v['result']!), i32.const(-1), 16),
        set(
          v['all']!,
          f64x2.firsts(
            f64x2.splat(f64.fromI32(get(v['totalHessian']!))),
            f64x2.splat(f64.fromI32(get(v['totalGradient']!))),
          ),
        ),
        set(v['penalty']!, f64x2.splat(get(v['lambda']!))),
        set(v['least']!, f64x2.splat(get(v['minimum']!))),
        block(
          leaveIf(i32.geU(get(v['first']!), get(v['last']!))),
          doWhile(
            i32.ltU(local.tee(v['first']!, add(get(v['first']!), i32.const(1))), get(v['last']!)),
            when(i32.load8U(add(get(v['mask']!), get(v['first']!))), [
              set(v['entry']!, add(get(v['features']!), i32.shl(get(v['first']!), i32.const(4)))),
              set(v['start']!, add(get(v['histogram']!), i32.load(get(v['entry']!)))),
              set(v['end']!, add(get(v['start']!), i32.shl(i32.load(get(v['entry']!), 4), i32.const(3)))),
              set(v['missing']!, i64.const(0n)),
              when(i32.load(get(v['entry']!), 8), [set(v['missing']!, i64.load(get(v['end']!)))]),
              when(
                i64.eqz(get(v['missing']!)),
                [
                  set(v['end']!, i32.sub(get(v['end']!), i32.const(8))),
                  set(v['direction']!, i32.const(noMissingSeen)),
                  set(v['sum']!, i64.const(0n)),
                  walk,
                ],
                [
                  set(v['direction']!, i32.const(0)),
                  set(v['sum']!, i64.const(0n)),
                  walk,
                  set(v['end']!, i32.sub(get(v['end']!), i32.const(8))),
                  set(v['direction']!, i32.const(1)),
                  set(v['sum']!, get(v['missing']!)),
                  walk,
                ],
              ),
            ]),
          ),
        ),
      ];
    },
  },
);

const partition = (binBytes: BinBytes): WasmFunction =>
  defineFunction(
    'partition',
    { rows: 'i32', count: 'i32', column: 'i32', splitBin: 'i32', leftBin: 'i32', spare: 'i32' },
    {
      locals: { from: 'i32', end: 'i32', left: 'i32', right: 'i32', row: 'i32', bin: 'i32', goesLeft: 'i32' },
      results: ['i32'],
      body: (v) => [
        set(v['from']!, get(v['rows']!)),
        set(v['left']!, get(v['rows']!)),
        set(v['right']!, get(v['spare']!)),
        set(v['end']!, add(get(v['rows']!), i32.shl(get(v['count']!), i32.const(2)))),
        block(
          leaveIf(i32.eqz(get(v['count']!))),
          // Both sides are written and one pointer moves, which costs less than a branch that cannot be foreseen.
          doWhile(
            i32.ltU(local.tee(v['from']!, add(get(v['from']!), i32.const(4))), get(v['end']!)),
            set(v['row']!, i32.load(get(v['from']!))),
            set(
              v['bin']!,
              binBytes === 1
                ? i32.load8U(add(get(v['column']!), get(v['row']!)))
                : i32.load16U(add(get(v['column']!), i32.shl(get(v['row']!), i32.const(1)))),
            ),
            set(
              v['goesLeft']!,
              i32.shl(
                i32.or(
                  i32.leU(get(v['bin']!), get(v['splitBin']!)),
                  i32.eq(get(v['bin']!), get(v['leftBin']!)),
                ),
                i32.const(2),
              ),
            ),
            i32.store(get(v['left']!), get(v['row']!)),
            i32.store(get(v['right']!), get(v['row']!)),
            set(v['left']!, add(get(v['left']!), get(v['goesLeft']!))),
            set(v['right']!, add(get(v['right']!), i32.sub(i32.const(4), get(v['goesLeft']!)))),
          ),
        ),
        copyMemory(get(v['left']!), get(v['spare']!), i32.sub(get(v['right']!), get(v['spare']!))),
        i32.shrU(i32.sub(get(v['left']!), get(v['rows']!)), i32.const(2)),
      ],
    },
  );

const addToScores = defineFunction(
  'addToScores',
  { rows: 'i32', count: 'i32', scores: 'i32', value: 'f64' },
  {
    locals: { end: 'i32', at: 'i32' },
    body: (v) => [
      set(v['end']!, add(get(v['rows']!), i32.shl(get(v['count']!), i32.const(2)))),
      block(
        leaveIf(i32.eqz(get(v['count']!))),
        doWhile(
          i32.ltU(local.tee(v['rows']!, add(get(v['rows']!), i32.const(4))), get(v['end']!)),
          set(v['at']!, add(get(v['scores']!), i32.shl(i32.load(get(v['rows']!)), i32.const(3)))),
          f64.store(get(v['at']!), f64.add(f64.load(get(v['at']!)), get(v['value']!))),
        ),
      ),
    ],
  },
);

const sum = defineFunction(
  'sum',
  { rows: 'i32', count: 'i32', gradients: 'i32' },
  {
    locals: { end: 'i32', sum: 'i64' },
    results: ['i64'],
    body: (v) => [
      set(v['end']!, add(get(v['rows']!), i32.shl(get(v['count']!), i32.const(2)))),
      block(
        leaveIf(i32.eqz(get(v['count']!))),
        doWhile(
          i32.ltU(local.tee(v['rows']!, add(get(v['rows']!), i32.const(4))), get(v['end']!)),
          set(
            v['sum']!,
            i64.add(
              get(v['sum']!),
              i64.load(add(get(v['gradients']!), i32.shl(i32.load(get(v['rows']!)), i32.const(3)))),
            ),
          ),
        ),
      ),
      get(v['sum']!),
    ],
  },
);

/** Adding it to a double below 2^51 rounds that to a whole number and leaves the number in the lowest bits. */
const rounder = 1.5 * 2 ** 52;

/**
 * exp of two numbers in [-700, 0]: 2^n e^r with |r| <= ln 2 / 2, e^r by its Taylor series to r^9 (error < 1e-11, far
 * below what quantised gradients keep), summed in pairs so that the terms need not wait for each other.
 */
function exponential(x: Code, rounded: number, rest: number): Code {
  const log2e = 1.4426950408889634;
  const ln2 = 0.6931471805599453;
  const n = f64x2.sub(get(rounded), f64x2.const(rounder));
  const r = get(rest);
  const pair = (power: number): Code => {
    let factorial = 1;
    for (let i = 2; i <= power; i++) factorial *= i;
    return f64x2.add(f64x2.const(1 / factorial), f64x2.mul(f64x2.const(1 / (factorial * (power + 1))), r));
  };
  const square = f64x2.mul(r, r);
  const quad = (power: number): Code => f64x2.add(pair(power), f64x2.mul(square, pair(power + 2)));
  const fourth = f64x2.mul(square, square);
  const series = f64x2.add(
    f64x2.add(quad(0), f64x2.mul(fourth, quad(4))),
    f64x2.mul(f64x2.mul(fourth, fourth), pair(8)),
  );
  const powerOfTwo = v128.shlI64(v128.addI64(get(rounded), v128.splatI64(i64.const(1023n))), i32.const(52));
  return [
    ...set(rest, x),
    ...set(rounded, f64x2.add(f64x2.mul(get(rest), f64x2.const(log2e)), f64x2.const(rounder))),
    ...set(rest, f64x2.sub(get(rest), f64x2.mul(n, f64x2.const(ln2)))),
    ...f64x2.mul(series, powerOfTwo),
  ];
}

const softmax = defineFunction(
  'softmax',
  {
    scores: 'i32',
    target: 'i32',
    weights: 'i32',
    gradients: 'i32',
    shares: 'i32',
    outputBytes: 'i32',
    outputs: 'i32',
    pairs: 'i32',
    gradientScale: 'f64',
    hessianScale: 'f64',
  },
  {
    locals: {
      k: 'i32',
      at: 'i32',
      share: 'i32',
      label: 'f64',
      top: 'v128',
      total: 'v128',
      rounded: 'v128',
      rest: 'v128',
      p: 'v128',
      weight: 'v128',
      scaleG: 'v128',
      scaleH: 'v128',
    },
    body: (v) => {
      const forOutputs = (start: Code, ...body: readonly Code[]): Code => [
        ...set(v['k']!, i32.const(0)),
        ...set(v['at']!, start),
        ...set(v['share']!, get(v['shares']!)),
        ...doWhile(
          i32.ltU(local.tee(v['k']!, add(get(v['k']!), i32.const(1))), get(v['outputs']!)),
          ...body,
          set(v['at']!, add(get(v['at']!), get(v['outputBytes']!))),
          set(v['share']!, add(get(v['share']!), i32.const(16))),
        ),
      ];
      const isLabel = v128.and(
        f64x2.eq(v128.load(get(v['target']!)), f64x2.splat(get(v['label']!))),
        f64x2.const(1),
      );
      const quantised = (value: Code, scale: number): Code =>
        f64x2.toI32(f64x2.nearest(f64x2.mul(f64x2.mul(value, get(v['weight']!)), get(scale))));
      const gradient = quantised(f64x2.sub(get(v['p']!), isLabel), v['scaleG']!);
      const hessian = quantised(
        f64x2.mul(f64x2.add(get(v['p']!), get(v['p']!)), f64x2.sub(f64x2.const(1), get(v['p']!))),
        v['scaleH']!,
      );
      return [
        set(v['scaleG']!, f64x2.splat(get(v['gradientScale']!))),
        set(v['scaleH']!, f64x2.splat(get(v['hessianScale']!))),
        block(
          leaveIf(i32.eqz(get(v['pairs']!))),
          doWhile(
            local.tee(v['pairs']!, i32.sub(get(v['pairs']!), i32.const(1))),
            set(v['weight']!, v128.load(get(v['weights']!))),
            set(v['top']!, v128.load(get(v['scores']!))),
            forOutputs(
              get(v['scores']!),
              set(v['top']!, f64x2.max(get(v['top']!), v128.load(get(v['at']!)))),
            ),
            set(v['total']!, f64x2.const(0)),
            forOutputs(
              get(v['scores']!),
              v128.store(
                get(v['share']!),
                local.tee(
                  v['p']!,
                  exponential(
                    f64x2.max(f64x2.sub(v128.load(get(v['at']!)), get(v['top']!)), f64x2.const(-700)),
                    v['rounded']!,
                    v['rest']!,
                  ),
                ),
              ),
              set(v['total']!, f64x2.add(get(v['total']!), get(v['p']!))),
            ),
            set(v['label']!, f64.const(0)),
            forOutputs(
              get(v['gradients']!),
              set(v['p']!, f64x2.div(v128.load(get(v['share']!)), get(v['total']!))),
              v128.store(get(v['at']!), v128.interleaveI32(hessian, gradient)),
              set(v['label']!, f64.add(get(v['label']!), f64.const(1))),
            ),
            ...['scores', 'target', 'weights', 'gradients'].map((name) =>
              set(v[name]!, add(get(v[name]!), i32.const(16))),
            ),
          ),
        ),
      ];
    },
  },
);

/** The module of all kernels for a memory of the given size, which a thread may share. */
export function compileKernels(memory: {
  readonly pages: number;
  readonly shared: boolean;
  readonly binBytes: BinBytes;
}): WasmModule {
  const { binBytes } = memory;
  return new webAssembly.Module(
    assembleModule([...histogramKernels(binBytes), scan, partition(binBytes), sum, softmax, addToScores], {
      minimumPages: memory.pages,
      maximumPages: memory.pages,
      shared: memory.shared,
    }),
  );
}

export function instantiateKernels(module: WasmModule, memory: WasmMemory): TreeKernels {
  return new webAssembly.Instance(module, { env: { memory } }).exports as unknown as TreeKernels;
}
