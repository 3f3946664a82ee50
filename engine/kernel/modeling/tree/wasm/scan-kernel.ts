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
      firstSum: 'i64',
      sum: 'i64',
      missing: 'i64',
      score: 'f64',
      here: 'v128',
      next: 'v128',
      leftHessians: 'v128',
      rightHessians: 'v128',
      leftGradients: 'v128',
      rightGradients: 'v128',
      left: 'v128',
      right: 'v128',
      scores: 'v128',
      best: 'v128',
      hessian: 'v128',
      gradient: 'v128',
      penalty: 'v128',
      least: 'v128',
      better: 'i32',
    },
    body: (v) => {
      const square = (index: number): Code => f64x2.mul(get(index), get(index));
      // Where the right side is too small, so is it after every later cut.
      const isRightTooSmall = i32.eqz(
        i32.and(f64x2.bitmask(f64x2.ge(get(v['rightHessians']!), get(v['least']!))), i32.const(1)),
      );
      const isAllowed = v128.and(
        f64x2.ge(get(v['leftHessians']!), get(v['least']!)),
        f64x2.ge(get(v['rightHessians']!), get(v['least']!)),
      );
      const keepIfBetter = (lane: 0 | 1): Code =>
        when(i32.and(get(v['better']!), i32.const(1 << lane)), [
          set(v['score']!, f64x2.lane(get(v['scores']!), lane)),
          when(f64.gt(get(v['score']!), f64x2.lane(get(v['best']!), 0)), [
            set(v['best']!, f64x2.splat(get(v['score']!))),
            f64.store(get(v['result']!), get(v['score']!)),
            i64.store(get(v['result']!), get(lane === 0 ? v['firstSum']! : v['sum']!), 8),
            i32.store(get(v['result']!), get(v['first']!), 16),
            i32.store(
              get(v['result']!),
              add(i32.shrU(i32.sub(get(v['at']!), get(v['start']!)), i32.const(3)), i32.const(lane)),
              20,
            ),
            i32.store(get(v['result']!), get(v['direction']!), 24),
          ]),
        ]);
      // Two cuts a turn. After the last bin the second one has nothing on its right, so that it is never taken. An empty
      // bin repeats the score before it, or that of all missing values against all others, which the other direction has.
      const walk = block(
        set(v['at']!, get(v['start']!)),
        leaveIf(i32.geU(get(v['at']!), get(v['end']!))),
        doWhile(
          i32.ltU(local.tee(v['at']!, add(get(v['at']!), i32.const(16))), get(v['end']!)),
          set(v['firstSum']!, i64.add(get(v['sum']!), i64.load(get(v['at']!)))),
          set(v['sum']!, i64.add(get(v['firstSum']!), i64.load(get(v['at']!), 8))),
          // A Hessian and a gradient each; then both cuts' Hessians meet, and both cuts' gradients.
          set(v['here']!, f64x2.fromI32(v128.splatI64(get(v['firstSum']!)))),
          set(v['next']!, f64x2.fromI32(v128.splatI64(get(v['sum']!)))),
          set(v['leftHessians']!, f64x2.firsts(get(v['here']!), get(v['next']!))),
          set(v['rightHessians']!, f64x2.sub(get(v['hessian']!), get(v['leftHessians']!))),
          leaveIf(isRightTooSmall, 1),
          set(v['leftGradients']!, f64x2.seconds(get(v['here']!), get(v['next']!))),
          set(v['rightGradients']!, f64x2.sub(get(v['gradient']!), get(v['leftGradients']!))),
          set(v['left']!, f64x2.add(get(v['leftHessians']!), get(v['penalty']!))),
          set(v['right']!, f64x2.add(get(v['rightHessians']!), get(v['penalty']!))),
          // Both sides over one denominator, since a division costs more than all the rest.
          set(
            v['scores']!,
            f64x2.div(
              f64x2.add(
                f64x2.mul(square(v['leftGradients']!), get(v['right']!)),
                f64x2.mul(square(v['rightGradients']!), get(v['left']!)),
              ),
              f64x2.mul(get(v['left']!), get(v['right']!)),
            ),
          ),
          set(v['better']!, f64x2.bitmask(v128.and(isAllowed, f64x2.gt(get(v['scores']!), get(v['best']!))))),
          when(get(v['better']!), [keepIfBetter(0), keepIfBetter(1)]),
        ),
      );
      return [
        set(v['best']!, f64x2.const(-1)),
        i32.store(get(v['result']!), i32.const(-1), 16),
        set(v['hessian']!, f64x2.splat(f64.fromI32(get(v['totalHessian']!)))),
        set(v['gradient']!, f64x2.splat(f64.fromI32(get(v['totalGradient']!)))),
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
