import { blockBootstrap, sumByGroup } from '../math/bootstrap.ts';
import type { BootstrapOptions, Interval } from '../math/bootstrap.ts';

/** 1 - score / reference: the share of the reference's loss that is gone. */
export function skillScore(score: number, reference: number): number {
  return 1 - score / reference;
}

/** (base - model) / (base - market): 0 is the base rate, 1 the market. */
export function gapClosed(losses: { base: number; model: number; market: number }): number {
  return (losses.base - losses.model) / (losses.base - losses.market);
}

/** What belongs together in a bootstrap draw: a number or text a row, such as the day or the round. */
export type Groups = ArrayLike<number> | readonly string[];

/** Skill from two lists of losses of the same rows, with its block-bootstrap interval by group. */
export function skillInterval(
  losses: { model: ArrayLike<number>; reference: ArrayLike<number> },
  groups: Groups,
  options: BootstrapOptions,
): Interval {
  const sums = sumByGroup([losses.model, losses.reference], groups);
  return blockBootstrap(sums, (t) => skillScore(t[0]!, t[1]!), options);
}

/** Gap closed from three lists of losses of the same rows, with its block-bootstrap interval by group. */
export function gapClosedInterval(
  losses: { base: ArrayLike<number>; model: ArrayLike<number>; market: ArrayLike<number> },
  groups: Groups,
  options: BootstrapOptions,
): Interval {
  const sums = sumByGroup([losses.base, losses.model, losses.market], groups);
  return blockBootstrap(sums, (t) => gapClosed({ base: t[0]!, model: t[1]!, market: t[2]! }), options);
}
