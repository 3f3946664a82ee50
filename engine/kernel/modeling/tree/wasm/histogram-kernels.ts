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
import { featureEntryBytes, featureEntryShift } from './feature-table.ts';

/** Features whose bins one turn of the histogram loop reads; rows are padded to a multiple of it. */
export const blockFeatures = 8;
/** Bytes of a bin's number in the kernels' memory: one where every feature has at most 256 bins. */
export type BinBytes = 1 | 2;

/** What the kernels are assembled for. */
export interface HistogramShape {
  readonly binBytes: BinBytes;
  /** Entries from one feature to the next where rows are added up: even, and enough for the feature with most bins. */
  readonly featureEntries: number;
}

const get = local.get;
const set = local.set;
const add = i32.add;
const increase = (index: number, by: Code): Code => set(index, add(get(index), by));

/** How the entries of a histogram are added to: one output's at a time, or those of two outputs side by side. */
interface EntryKind {
  readonly name: string;
  readonly type: 'i64' | 'v128';
  readonly bytesAsShift: number;
  load(address: Code): Code;
  addTo(address: Code, value: Code, offset: number): Code;
}

const single: EntryKind = {
  name: 'histogram',
  type: 'i64',
  bytesAsShift: 3,
  load: (address) => i64.load(address),
  addTo: (address, value, offset) => i64.store(address, i64.add(i64.load(address, offset), value), offset),
};

const twin: EntryKind = {
  name: 'twinHistogram',
  type: 'v128',
  bytesAsShift: 4,
  load: (address) => v128.load(address),
  addTo: (address, value, offset) =>
    v128.store(address, v128.addI64(v128.load(address, offset), value), offset),
};

/** Copies the bins of listed rows, one row after the other. */
const gatherBins = defineFunction(
  'gatherBins',
  { rows: 'i32', count: 'i32', bins: 'i32', rowBytes: 'i32', ownBytes: 'i32', to: 'i32' },
  {
    locals: { end: 'i32', from: 'i32', last: 'i32' },
    body: (v) => [
      set(v['end']!, add(get(v['rows']!), i32.shl(get(v['count']!), i32.const(2)))),
      doWhile(
        i32.ltU(local.tee(v['rows']!, add(get(v['rows']!), i32.const(4))), get(v['end']!)),
        set(v['from']!, add(get(v['bins']!), i32.mul(i32.load(get(v['rows']!)), get(v['rowBytes']!)))),
        set(v['last']!, add(get(v['from']!), i32.and(get(v['ownBytes']!), i32.const(-16)))),
        block(
          leaveIf(i32.geU(get(v['from']!), get(v['last']!))),
          doWhile(
            i32.ltU(local.tee(v['from']!, add(get(v['from']!), i32.const(16))), get(v['last']!)),
            v128.store(get(v['to']!), v128.load(get(v['from']!))),
            increase(v['to']!, i32.const(16)),
          ),
        ),
        when(i32.and(get(v['ownBytes']!), i32.const(8)), [
          i64.store(get(v['to']!), i64.load(get(v['from']!))),
          increase(v['to']!, i32.const(8)),
        ]),
      ),
    ],
  },
);

/** Copies the gradients of listed rows, `step` bytes apart. */
const gatherGradients = defineFunction(
  'gatherGradients',
  { rows: 'i32', count: 'i32', gradients: 'i32', to: 'i32', step: 'i32' },
  {
    locals: { end: 'i32' },
    body: (v) => {
      const own = add(get(v['gradients']!), i32.shl(i32.load(get(v['rows']!)), i32.const(3)));
      return [
        set(v['end']!, add(get(v['rows']!), i32.shl(get(v['count']!), i32.const(2)))),
        doWhile(
          i32.ltU(local.tee(v['rows']!, add(get(v['rows']!), i32.const(4))), get(v['end']!)),
          i64.store(get(v['to']!), i64.load(own)),
          increase(v['to']!, get(v['step']!)),
        ),
      ];
    },
  },
);

/**
 * Block after block of features and, for each, row after row: the entries of one block stay in the processor's nearest
 * cache, and their places are constants, so that a bin costs no more than its load, addition and store.
 */
function accumulate(kind: EntryKind, { binBytes, featureEntries }: HistogramShape): WasmFunction {
  const featureBytes = featureEntries << kind.bytesAsShift;
  const loadBin = binBytes === 1 ? i32.load8U : i32.load16U;
  return defineFunction(
    kind.name,
    { count: 'i32', bins: 'i32', rowBytes: 'i32', blocks: 'i32', entries: 'i32', gradients: 'i32' },
    {
      locals: { bin: 'i32', end: 'i32', at: 'i32', from: 'i32', gradient: kind.type },
      body: (v) => {
        const addFeature = (feature: number): Code => {
          const bin = loadBin(get(v['bin']!), binBytes * feature);
          return [
            ...set(v['at']!, add(get(v['entries']!), i32.shl(bin, i32.const(kind.bytesAsShift)))),
            ...kind.addTo(get(v['at']!), get(v['gradient']!), feature * featureBytes),
          ];
        };
        return [
          set(v['end']!, add(get(v['bins']!), i32.mul(get(v['count']!), get(v['rowBytes']!)))),
          doWhile(
            local.tee(v['blocks']!, i32.sub(get(v['blocks']!), i32.const(1))),
            set(v['bin']!, get(v['bins']!)),
            set(v['from']!, get(v['gradients']!)),
            doWhile(
              i32.ltU(local.tee(v['bin']!, add(get(v['bin']!), get(v['rowBytes']!))), get(v['end']!)),
              set(v['gradient']!, kind.load(get(v['from']!))),
              increase(v['from']!, i32.const(1 << kind.bytesAsShift)),
              ...Array.from({ length: blockFeatures }, (_, feature) => addFeature(feature)),
            ),
            increase(v['bins']!, i32.const(binBytes * blockFeatures)),
            increase(v['end']!, i32.const(binBytes * blockFeatures)),
            increase(v['entries']!, i32.const(blockFeatures * featureBytes)),
          ),
        ];
      },
    },
  );
}

const nothing = v128.splatI64(i64.const(0n));
/** From where rows were added up, feature by feature, into a histogram without gaps. */
const transfer = { to: 'i32', from: 'i32', features: 'i32', first: 'i32', last: 'i32' } as const;
const places = { entry: 'i32', at: 'i32', own: 'i32', end: 'i32' } as const;

/** Runs the body for each two entries of each feature: `at` in the histogram, `own` where rows were added up. */
function forEntries(
  v: Readonly<Record<string, number>>,
  by: { readonly featureBytes: number; readonly step: number; readonly body: readonly Code[] },
): readonly Code[] {
  const entryOf = (feature: number): Code =>
    add(get(v['features']!), i32.shl(get(feature), i32.const(featureEntryShift)));
  return [
    set(v['entry']!, entryOf(v['first']!)),
    set(v['last']!, entryOf(v['last']!)),
    block(
      leaveIf(i32.geU(get(v['entry']!), get(v['last']!))),
      doWhile(
        i32.ltU(local.tee(v['entry']!, add(get(v['entry']!), i32.const(featureEntryBytes))), get(v['last']!)),
        set(v['at']!, add(get(v['to']!), i32.load(get(v['entry']!)))),
        set(v['own']!, get(v['from']!)),
        set(v['end']!, add(get(v['at']!), i32.load(get(v['entry']!), 12))),
        doWhile(
          i32.ltU(local.tee(v['at']!, add(get(v['at']!), i32.const(16))), get(v['end']!)),
          ...by.body,
          increase(v['own']!, i32.const(by.step)),
        ),
        increase(v['from']!, i32.const(by.featureBytes)),
      ),
    ),
  ];
}

/** `subtract`, `move` and `moveTwins`. */
function transfers({ featureEntries }: HistogramShape): WasmFunction[] {
  const byOutput = { featureBytes: featureEntries * 8, step: 16 };
  const subtract = defineFunction('subtract', transfer, {
    locals: places,
    body: (v) => {
      const rest = v128.subI64(v128.load(get(v['at']!)), v128.load(get(v['own']!)));
      return forEntries(v, { ...byOutput, body: [v128.store(get(v['at']!), rest)] });
    },
  });
  const move = defineFunction('move', transfer, {
    locals: places,
    body: (v) =>
      forEntries(v, {
        ...byOutput,
        body: [v128.store(get(v['at']!), v128.load(get(v['own']!))), v128.store(get(v['own']!), nothing)],
      }),
  });
  const moveTwins = defineFunction(
    'moveTwins',
    { ...transfer, twinTo: 'i32' },
    {
      locals: { ...places, here: 'v128', beside: 'v128' },
      body: (v) => {
        const twinAt = add(get(v['at']!), i32.sub(get(v['twinTo']!), get(v['to']!)));
        return forEntries(v, {
          featureBytes: featureEntries * 16,
          step: 32,
          body: [
            set(v['here']!, v128.load(get(v['own']!))),
            set(v['beside']!, v128.load(get(v['own']!), 16)),
            v128.store(get(v['at']!), f64x2.firsts(get(v['here']!), get(v['beside']!))),
            v128.store(twinAt, f64x2.seconds(get(v['here']!), get(v['beside']!))),
            v128.store(get(v['own']!), nothing),
            v128.store(get(v['own']!), nothing, 16),
          ],
        });
      },
    },
  );
  return [subtract, move, moveTwins];
}

/** The kernels that make histograms and put them in their places. */
export function histogramKernels(shape: HistogramShape): WasmFunction[] {
  return [
    gatherBins,
    gatherGradients,
    accumulate(single, shape),
    accumulate(twin, shape),
    ...transfers(shape),
  ];
}
