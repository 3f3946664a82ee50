import { block, doWhile, f64, f64x2, i32, i64, leaveIf, local, v128, when, type Code } from './assembler.ts';
import { defineFunction } from './define-function.ts';
import { featureEntryShift } from './feature-table.ts';

/** Bytes of one result of `scan`: score f64, left sums i64, feature i32 (-1: none), bin i32, default direction i32. */
export const splitResultBytes = 32;
/** Default direction in a `scan` result where the node has no missing value in the feature. */
export const noMissingSeen = 2;

const get = local.get;
const set = local.set;
const add = i32.add;

/** The best split of a stretch of features: every cut of each of them, missing values on either side. */
export const scan = defineFunction(
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
              set(
                v['entry']!,
                add(get(v['features']!), i32.shl(get(v['first']!), i32.const(featureEntryShift))),
              ),
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
