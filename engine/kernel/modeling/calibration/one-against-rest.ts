import type { FittingSample, RowMap } from './calibrator.ts';

/** One class as a yes/no problem. */
export interface BinarySample {
  readonly probabilities: Float64Array;
  readonly events: Float64Array;
  readonly weights?: ArrayLike<number> | undefined;
}

/** Fits a binary method to each class against the rest; two classes need one fit only. */
export function fitEachClass<State>(sample: FittingSample, fit: (binary: BinarySample) => State): State[] {
  const { probabilities, outcomes, classes, weights } = sample;
  const states: State[] = [];
  for (let wanted = 0; wanted < classes; wanted++) {
    const column = new Float64Array(outcomes.length);
    const events = new Float64Array(outcomes.length);
    for (let i = 0; i < outcomes.length; i++) {
      column[i] = probabilities[i * classes + wanted]!;
      events[i] = outcomes[i] === wanted ? 1 : 0;
    }
    states.push(fit({ probabilities: column, events, weights }));
  }
  return states;
}

/** Applies one binary map a class and divides by the sum; all zero becomes uniform. */
export function applyEachClass(maps: readonly ((p: number) => number)[]): RowMap {
  const classes = maps.length;
  return (p, from, out, to) => {
    let total = 0;
    for (let k = 0; k < classes; k++) {
      const value = maps[k]!(p[from + k]!);
      out[to + k] = value;
      total += value;
    }
    for (let k = 0; k < classes; k++) out[to + k] = total > 0 ? out[to + k]! / total : 1 / classes;
  };
}
