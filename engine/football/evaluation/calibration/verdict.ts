import type { Verdict } from '../../../contract/calibration.ts';
import type { ClassDiagnostics } from '../../../contract/evaluation-details.ts';
import { holmAdjusted } from '../../../kernel/evaluation/multiplicity.ts';

/** Below this, a p-value counts. */
const level = 0.05;
/** An error of probabilities below a percentage point is real but changes no decision. */
const slightError = 0.01;

/** A verdict where there is nothing to judge. */
export const tooFew: Verdict = { level: 'too-few', tests: [], worst: null, direction: null };

/**
 * Puts the tests of the classes together into one answer: what chance explains is never called miscalibrated, however
 * many tests were tried, and what is beyond chance is told apart by its size.
 */
export function verdictOf(classes: readonly ClassDiagnostics[]): Verdict {
  const tried = classes.flatMap((of) => [
    { of, test: 'calibration-error' as const, pValue: of.calibrationError.pValue },
    ...(of.spiegelhalter.pValue === null
      ? []
      : [{ of, test: 'spiegelhalter' as const, pValue: of.spiegelhalter.pValue }]),
    ...(of.kuiper.pValue === null ? [] : [{ of, test: 'kuiper' as const, pValue: of.kuiper.pValue }]),
  ]);
  if (tried.length === 0) return tooFew;
  const adjusted = holmAdjusted(tried.map(({ pValue }) => pValue));
  const tests = tried.map(({ of, test, pValue }, at) => ({
    class: of.class,
    test,
    pValue,
    adjusted: adjusted[at]!,
  }));
  const worst = classes.reduce((a, b) => (b.calibrationError.debiased > a.calibrationError.debiased ? b : a));
  const error = worst.calibrationError.debiased;
  const beyondChance = adjusted.some((p) => p < level);
  return {
    tests,
    worst: { class: worst.class, error },
    direction: beyondChance ? directionOf(worst) : null,
    level: beyondChance
      ? error < slightError
        ? 'slight'
        : 'miscalibrated'
      : tests.some(({ pValue }) => pValue < level)
        ? 'hint'
        : 'calibrated',
  };
}

/** A mean that is off explains more than a slope does; neither where no test of the class itself speaks. */
function directionOf({
  spiegelhalter,
  kuiper,
  meanProbability,
  frequency,
}: ClassDiagnostics): Verdict['direction'] {
  if ((kuiper.pValue ?? 1) < level && Math.abs(meanProbability - frequency) > slightError / 2) {
    return meanProbability > frequency ? 'too-high' : 'too-low';
  }
  if ((spiegelhalter.pValue ?? 1) < level) return spiegelhalter.statistic! > 0 ? 'too-bold' : 'too-timid';
  return null;
}
