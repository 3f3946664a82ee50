import { fitIsotonic, evaluateIsotonic } from '../math/isotonic.ts';
import { mean } from '../math/summary.ts';
import { probabilityFloor } from './scores.ts';

/** S = miscalibration - discrimination + uncertainty. */
export interface Decomposition {
  readonly score: number;
  /** What recalibration would gain, >= 0. */
  readonly miscalibration: number;
  /** What the recalibrated forecast gains over the base rate, >= 0. */
  readonly discrimination: number;
  /** The score of the base rate. */
  readonly uncertainty: number;
}

const binaryScores = {
  brier: (p: number, o: number) => (p - o) ** 2,
  log: (p: number, o: number) => -Math.log(Math.max(probabilityFloor, o === 1 ? p : 1 - p)),
};

/**
 * CORP decomposition of the score of a yes/no event: recalibration by isotonic regression, so without bins
 * (Dimitriadis, Gneiting & Jordan 2021, section 3). `probabilities` of the event, `events` 0 or 1.
 */
export function corpDecomposition(
  probabilities: ArrayLike<number>,
  events: ArrayLike<number>,
  score: keyof typeof binaryScores = 'brier',
): Decomposition {
  const loss = binaryScores[score];
  const n = events.length;
  const base = mean(events);
  const curve = fitIsotonic(probabilities, events);
  let own = 0;
  let recalibrated = 0;
  let uncertainty = 0;
  for (let i = 0; i < n; i++) {
    own += loss(probabilities[i]!, events[i]!);
    recalibrated += loss(evaluateIsotonic(curve, probabilities[i]!), events[i]!);
    uncertainty += loss(base, events[i]!);
  }
  return {
    score: own / n,
    miscalibration: (own - recalibrated) / n,
    discrimination: (uncertainty - recalibrated) / n,
    uncertainty: uncertainty / n,
  };
}

/** One class of probability rows as a yes/no event: its probabilities and whether it came. */
export function oneAgainstRest(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  options: { class: number; classes?: number },
): { probabilities: Float64Array; events: Float64Array } {
  const { class: wanted, classes = 3 } = options;
  const column = new Float64Array(outcomes.length);
  const events = new Float64Array(outcomes.length);
  for (let i = 0; i < outcomes.length; i++) {
    column[i] = probabilities[i * classes + wanted]!;
    events[i] = outcomes[i] === wanted ? 1 : 0;
  }
  return { probabilities: column, events };
}
