import { outcomeClasses } from '../../contract/domain.ts';
import type { ClassDiagnostics, Diagnostics, Reliability } from '../../contract/evaluation-details.ts';
import { calibrationErrorNull, debiasedCalibrationError } from '../../kernel/evaluation/calibration-error.ts';
import { cumulativeCalibrationTests, spiegelhalter } from '../../kernel/evaluation/calibration-tests.ts';
import { corpDecomposition, oneAgainstRest } from '../../kernel/evaluation/decomposition.ts';
import { areaUnderCurve, sharpness } from '../../kernel/evaluation/discrimination.ts';
import { reliabilityCurve } from '../../kernel/evaluation/reliability.ts';
import { confusionMatrix } from '../../kernel/evaluation/scores.ts';
import { skillScore } from '../../kernel/evaluation/skill.ts';
import { mean, variance } from '../../kernel/math/summary.ts';
import {
  bootstrapSeed,
  forecastersOf,
  isReference,
  orNull,
  outcomesOf,
  pick,
  type Judged,
} from './judged.ts';
import type { Part } from './slices.ts';

/** Draws of the law of the calibration error under right probabilities. */
const nullDraws = 200;
const bandDraws = 120;
/** Fewer matches say nothing about calibration. */
export const minimumForCalibration = 100;

/** Calibration, discrimination and the treatment of draws, of every forecaster on every part that is large enough. */
export function diagnosticsOf(judged: Judged, parts: readonly Part[]): Diagnostics[] {
  return parts.flatMap((part) =>
    [...forecastersOf(judged)].flatMap(([family, p]): Diagnostics[] => {
      const rows = part.rows.filter((row) => !Number.isNaN(p[row * 3]!));
      if (rows.length < minimumForCalibration || family === 'base-rate') return [];
      const { championship, season } = part;
      const outcomes = outcomesOf(judged.table, rows);
      const base = pick(judged.baseRate, rows);
      return [{ family, championship, season, ...diagnose(pick(p, rows), outcomes, base) }];
    }),
  );
}

/** Diagnostics of probability rows; `base` are those of the base rate on the same rows. */
export function diagnose(
  p: Float64Array,
  outcomes: Uint8Array,
  base: Float64Array,
): Omit<Diagnostics, 'family' | 'championship' | 'season'> {
  const n = outcomes.length;
  const confusion = [...confusionMatrix(p, outcomes)];
  const { entropy, topProbability, shareAbove } = sharpness(p, { level: 0.6 });
  const draw = oneAgainstRest(p, outcomes, { class: 1 });
  const drawBase = oneAgainstRest(base, outcomes, { class: 1 });
  return {
    n,
    confusion,
    classes: outcomeClasses.map((name, k) => classDiagnostics(p, outcomes, { name, k, confusion })),
    sharpness: { entropy, topProbability, shareAbove60: shareAbove },
    draws: {
      meanProbability: mean(draw.probabilities),
      frequency: mean(draw.events),
      mostProbable: confusion[1]! + confusion[4]! + confusion[7]!,
      highestProbability: draw.probabilities.reduce((top, value) => Math.max(top, value), 0),
      standardDeviation: Math.sqrt(variance(draw.probabilities)),
      skillOverBaseRate: orNull(skillScore(squaredError(draw), squaredError(drawBase))),
    },
  };
}

function squaredError({
  probabilities,
  events,
}: {
  probabilities: Float64Array;
  events: Float64Array;
}): number {
  return mean(probabilities.map((value, at) => (value - events[at]!) ** 2));
}

function classDiagnostics(
  p: Float64Array,
  outcomes: Uint8Array,
  of: { readonly name: ClassDiagnostics['class']; readonly k: number; readonly confusion: readonly number[] },
): ClassDiagnostics {
  const { name, k, confusion } = of;
  const { probabilities, events } = oneAgainstRest(p, outcomes, { class: k });
  const right = confusion[k * 3 + k]!;
  const came = confusion[k * 3]! + confusion[k * 3 + 1]! + confusion[k * 3 + 2]!;
  const said = confusion[k]! + confusion[3 + k]! + confusion[6 + k]!;
  const z = spiegelhalter(probabilities, events);
  const { kuiper } = cumulativeCalibrationTests(probabilities, events);
  const error = calibrationErrorNull(probabilities, events, { seed: bootstrapSeed, draws: nullDraws });
  return {
    class: name,
    frequency: mean(events),
    meanProbability: mean(probabilities),
    recall: orNull(right / came),
    precision: orNull(right / said),
    areaUnderCurve: orNull(areaUnderCurve(probabilities, events)),
    corp: corpDecomposition(probabilities, events, 'log'),
    spiegelhalter: { statistic: orNull(z.statistic), pValue: orNull(z.pValue) },
    kuiper: { statistic: orNull(kuiper.statistic), pValue: orNull(kuiper.pValue) },
    calibrationError: { ...error, debiased: debiasedCalibrationError(probabilities, events) },
  };
}

/** Reliability curves of every family that forecasts, on all matches. */
export function reliabilityOf(judged: Judged, rows: readonly number[]): Reliability[] {
  return [...forecastersOf(judged)].flatMap(([family, p]) => {
    if (isReference(family) && family !== 'closing') return [];
    const held = rows.filter((row) => !Number.isNaN(p[row * 3]!));
    if (held.length < minimumForCalibration) return [];
    const curves = reliabilityOfClasses(pick(p, held), outcomesOf(judged.table, held));
    return curves.map((curve) => ({ family, ...curve }));
  });
}

/** The reliability curve of each class of probability rows. */
export function reliabilityOfClasses(
  values: Float64Array,
  outcomes: Uint8Array,
): Omit<Reliability, 'family'>[] {
  return outcomeClasses.map((name, k) => {
    const { probabilities, events } = oneAgainstRest(values, outcomes, { class: k });
    const curve = reliabilityCurve(probabilities, events, {
      seed: bootstrapSeed,
      draws: bandDraws,
      points: 40,
    });
    const { points, frequency, low, high, histogram, n } = curve;
    let outside = 0;
    frequency.forEach((value, at) => {
      if (value < low[at]! - 1e-12 || value > high[at]! + 1e-12) outside++;
    });
    return {
      class: name,
      n,
      points: [...points],
      frequency: [...frequency],
      low: [...low],
      high: [...high],
      histogram: [...histogram],
      outside: outside / points.length,
    };
  });
}
