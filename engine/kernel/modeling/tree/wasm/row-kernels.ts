import { block, copyMemory, doWhile, f64, i32, i64, leaveIf, local, type WasmFunction } from './assembler.ts';
import { defineFunction } from './define-function.ts';
import type { BinBytes } from './histogram-kernels.ts';

const get = local.get;
const set = local.set;
const add = i32.add;

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

/** The kernels that go through lists of rows once: parting them, summing them, scoring them. */
export function rowKernels(binBytes: BinBytes): WasmFunction[] {
  return [partition(binBytes), sum, addToScores];
}
