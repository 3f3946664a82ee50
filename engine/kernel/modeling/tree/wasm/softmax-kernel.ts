import { block, doWhile, f64, f64x2, i32, i64, leaveIf, local, v128, type Code } from './assembler.ts';
import { defineFunction } from './define-function.ts';

const get = local.get;
const set = local.set;
const add = i32.add;

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

export const softmax = defineFunction(
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
