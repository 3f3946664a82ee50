import {
  block,
  doWhile,
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

/** Features whose bins one turn of the histogram loop reads; rows are padded to a multiple of it. */
export const blockFeatures = 8;
/** Bytes of a bin's number in the kernels' memory: one where every feature has at most 256 bins. */
export type BinBytes = 1 | 2;

const get = local.get;
const set = local.set;
const add = i32.add;

/** How the entries of a histogram are added to: one output's at a time, or those of two outputs side by side. */
interface EntryKind {
  readonly name: string;
  readonly type: 'i64' | 'v128';
  readonly bytesAsShift: number;
  readonly zero: Code;
  addTo(address: Code, value: Code): Code;
}

const single: EntryKind = {
  name: 'histogram',
  type: 'i64',
  bytesAsShift: 3,
  zero: i64.const(0n),
  addTo: (address, value) => i64.store(address, i64.add(i64.load(address), value)),
};

const twin: EntryKind = {
  name: 'twinHistogram',
  type: 'v128',
  bytesAsShift: 4,
  zero: v128.splatI64(i64.const(0n)),
  addTo: (address, value) => v128.store(address, v128.addI64(v128.load(address), value)),
};

const rowList = { rows: 'i32', count: 'i32', bins: 'i32', rowBytes: 'i32', ownBytes: 'i32' } as const;

/**
 * Two rows a turn: the base of a feature's entries is read once for both, and neither row waits for the other. The last
 * row of an odd number is its own partner, with nothing to add.
 */
function accumulate(kind: EntryKind, binBytes: BinBytes): WasmFunction {
  return defineFunction(
    kind.name,
    {
      ...rowList,
      bases: 'i32',
      gradients: 'i32',
      ...(kind === twin ? ({ twinGradients: 'i32' } as const) : {}),
    },
    {
      locals: {
        end: 'i32',
        row: 'i32',
        partner: 'i32',
        bin: 'i32',
        lastBin: 'i32',
        partnerBin: 'i32',
        base: 'i32',
        at: 'i32',
        partnerAt: 'i32',
        gradient: kind.type,
        partnerGradient: kind.type,
      },
      body: (v) => {
        const gradientOf = (row: Code): Code => {
          const at = (array: string): Code => add(get(v[array]!), i32.shl(row, i32.const(3)));
          if (kind === single) return i64.load(at('gradients'));
          return f64x2.firsts(v128.load64Splat(at('gradients')), v128.load64Splat(at('twinGradients')));
        };
        const binsOf = (row: Code): Code => add(get(v['bins']!), i32.mul(row, get(v['rowBytes']!)));
        const loadBin = binBytes === 1 ? i32.load8U : i32.load16U;
        const entryOf = (bin: number, feature: number): Code =>
          add(
            i32.load(get(v['base']!), 4 * feature),
            i32.shl(loadBin(get(bin), binBytes * feature), i32.const(kind.bytesAsShift)),
          );
        const addFeature = (feature: number): Code => [
          ...set(v['at']!, entryOf(v['bin']!, feature)),
          ...set(v['partnerAt']!, entryOf(v['partnerBin']!, feature)),
          ...kind.addTo(get(v['at']!), get(v['gradient']!)),
          ...kind.addTo(get(v['partnerAt']!), get(v['partnerGradient']!)),
        ];
        const blockBytes = i32.const(binBytes * blockFeatures);
        return [
          set(v['end']!, add(get(v['rows']!), i32.shl(get(v['count']!), i32.const(2)))),
          block(
            leaveIf(i32.eqz(get(v['count']!))),
            doWhile(
              i32.ltU(local.tee(v['rows']!, add(get(v['rows']!), i32.const(8))), get(v['end']!)),
              set(v['row']!, i32.load(get(v['rows']!))),
              set(v['gradient']!, gradientOf(get(v['row']!))),
              set(v['bin']!, binsOf(get(v['row']!))),
              set(v['partnerBin']!, get(v['bin']!)),
              set(v['partnerGradient']!, kind.zero),
              when(i32.ltU(add(get(v['rows']!), i32.const(4)), get(v['end']!)), [
                set(v['partner']!, i32.load(get(v['rows']!), 4)),
                set(v['partnerGradient']!, gradientOf(get(v['partner']!))),
                set(v['partnerBin']!, binsOf(get(v['partner']!))),
              ]),
              set(v['base']!, get(v['bases']!)),
              set(v['lastBin']!, add(get(v['bin']!), get(v['ownBytes']!))),
              doWhile(
                i32.ltU(local.tee(v['bin']!, add(get(v['bin']!), blockBytes)), get(v['lastBin']!)),
                ...Array.from({ length: blockFeatures }, (_, feature) => addFeature(feature)),
                set(v['partnerBin']!, add(get(v['partnerBin']!), blockBytes)),
                set(v['base']!, add(get(v['base']!), i32.const(4 * blockFeatures))),
              ),
            ),
          ),
        ];
      },
    },
  );
}

/** Reads a byte of every cache line that the rows' histograms need, so that their waits for memory overlap. */
const fetchRows = defineFunction(
  'fetchRows',
  { ...rowList, gradients: 'i32' },
  {
    locals: { end: 'i32', row: 'i32', bin: 'i32', lastBin: 'i32', touched: 'i32' },
    body: (v) => {
      const touch = (byte: Code): Code => set(v['touched']!, i32.or(get(v['touched']!), byte));
      return [
        set(v['end']!, add(get(v['rows']!), i32.shl(get(v['count']!), i32.const(2)))),
        block(
          leaveIf(i32.eqz(get(v['count']!))),
          doWhile(
            i32.ltU(local.tee(v['rows']!, add(get(v['rows']!), i32.const(4))), get(v['end']!)),
            set(v['row']!, i32.load(get(v['rows']!))),
            touch(i32.load8U(add(get(v['gradients']!), i32.shl(get(v['row']!), i32.const(3))))),
            set(v['bin']!, add(get(v['bins']!), i32.mul(get(v['row']!), get(v['rowBytes']!)))),
            set(v['lastBin']!, i32.sub(add(get(v['bin']!), get(v['ownBytes']!)), i32.const(1))),
            touch(i32.load8U(get(v['lastBin']!))),
            doWhile(
              i32.ltU(local.tee(v['bin']!, add(get(v['bin']!), i32.const(64))), get(v['lastBin']!)),
              touch(i32.load8U(get(v['bin']!))),
            ),
          ),
        ),
        // Nobody reads it: it keeps the looks ahead from being optimised away.
        i32.store(i32.const(0), get(v['touched']!)),
      ];
    },
  },
);

const streaming = { to: 'i32', from: 'i32', bytes: 'i32' } as const;
const nothing = v128.splatI64(i64.const(0n));

function forEachVector(v: Readonly<Record<string, number>>, ...body: readonly Code[]): readonly Code[] {
  return [
    set(v['end']!, add(get(v['to']!), get(v['bytes']!))),
    doWhile(
      i32.ltU(local.tee(v['to']!, add(get(v['to']!), i32.const(16))), get(v['end']!)),
      ...body,
      set(v['from']!, add(get(v['from']!), i32.const(16))),
    ),
  ];
}

const subtract = defineFunction('subtract', streaming, {
  locals: { end: 'i32' },
  body: (v) =>
    forEachVector(
      v,
      v128.store(get(v['to']!), v128.subI64(v128.load(get(v['to']!)), v128.load(get(v['from']!)))),
    ),
});

const move = defineFunction('move', streaming, {
  locals: { end: 'i32' },
  body: (v) =>
    forEachVector(
      v,
      v128.store(get(v['to']!), v128.load(get(v['from']!))),
      v128.store(get(v['from']!), nothing),
    ),
});

const moveTwins = defineFunction(
  'moveTwins',
  { to: 'i32', twinTo: 'i32', from: 'i32', bytes: 'i32' },
  {
    locals: { end: 'i32', first: 'v128', second: 'v128' },
    body: (v) =>
      forEachVector(
        v,
        set(v['first']!, v128.load(get(v['from']!))),
        set(v['second']!, v128.load(get(v['from']!), 16)),
        v128.store(get(v['to']!), f64x2.firsts(get(v['first']!), get(v['second']!))),
        v128.store(get(v['twinTo']!), f64x2.seconds(get(v['first']!), get(v['second']!))),
        v128.store(get(v['from']!), nothing),
        v128.store(get(v['from']!), nothing, 16),
        set(v['twinTo']!, add(get(v['twinTo']!), i32.const(16))),
        // Entries come two vectors at a time: this is the second step of `from`.
        set(v['from']!, add(get(v['from']!), i32.const(16))),
      ),
  },
);

/** The kernels that make, take apart and move histograms. */
export function histogramKernels(binBytes: BinBytes): WasmFunction[] {
  return [accumulate(single, binBytes), accumulate(twin, binBytes), fetchRows, subtract, move, moveTwins];
}
