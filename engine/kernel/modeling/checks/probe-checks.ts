import { createRandom } from '../../math/random.ts';
import type { Random } from '../../math/random.ts';
import { selectRows } from '../matrix.ts';
import { distinct, pairedMean, skipped } from './check.ts';
import type { Check, CheckInput, CheckPart } from './check.ts';

/** Row losses of forecasts: log loss of the labels' probabilities, or squared error. */
function rowLosses(
  task: CheckInput['task'],
  forecasts: Float64Array,
  target: Float64Array,
  labels: readonly number[],
) {
  return target.map((value, row) => {
    if (task === 'regression') return (forecasts[row]! - value) ** 2;
    const p = forecasts[row * labels.length + labels.indexOf(value)] ?? 0;
    return -Math.log(Math.max(p, 1e-12));
  });
}

/** Row losses of knowing nothing: the training shares (or mean). */
function baseLosses(task: CheckInput['task'], train: Float64Array, target: Float64Array): Float64Array {
  if (task === 'regression') {
    const mean = train.reduce((sum, value) => sum + value, 0) / train.length;
    return target.map((value) => (value - mean) ** 2);
  }
  const counts = new Map<number, number>();
  for (const label of train) counts.set(label, (counts.get(label) ?? 0) + 1);
  return target.map((label) => -Math.log(Math.max((counts.get(label) ?? 0) / train.length, 1e-12)));
}

/** Mean gain of `better` over `worse` and its standard error, paired by row. */
function pairedGain(worse: Float64Array, better: Float64Array) {
  return pairedMean(worse.map((loss, row) => loss - better[row]!));
}

function lastPart({ later }: CheckInput): CheckPart | undefined {
  const last = later.at(-1);
  return last && last.target.length >= 50 ? last : undefined;
}

/** One lucky shuffle may line up with a strong feature; five in a row do not. */
const shuffles = 5;

/**
 * Trained on shuffled labels, the model must not beat the base rate on the last part. Gains of more than 3 standard errors
 * after each of five shuffles mean that labels reach the model by another way than its target; the first shuffle without
 * such a gain acquits, so that an honest model is usually fitted once.
 */
export const shuffledLabelProbe: Check = {
  name: 'shuffled-label-probe',
  figureKind: 'number',
  async run(input) {
    const last = lastPart(input);
    if (!input.probe) return skipped('no estimator to probe with was given');
    if (!last) return skipped('the last part has fewer than 50 rows');
    const { task, train, seed = 0 } = input;
    const base = baseLosses(task, train.target, last.target);
    let smallest = { gain: Infinity, standardError: 0 };
    let leaks = true;
    for (let round = 0; round < shuffles && leaks; round++) {
      const target = shuffled(train.target, createRandom(seed).split(round));
      const forecasts = await input.probe(train.features, target, last.features);
      const paired = pairedGain(base, rowLosses(task, forecasts, last.target, distinct(train.target)));
      if (paired.gain < smallest.gain) smallest = paired;
      leaks = paired.gain > 3 * paired.standardError && paired.gain > 1e-9;
    }
    const { gain, standardError } = smallest;
    return {
      status: leaks ? 'fail' : 'pass',
      figure: gain,
      sentence: leaks
        ? `Trained on shuffled labels the model still beats the base rate, by ${gain.toFixed(4)} or more in ${shuffles} shuffles.`
        : 'Trained on shuffled labels the model knows no more than the base rate.',
      detail: { gain, standardError },
    };
  },
};

function shuffled(target: Float64Array, random: Random): Float64Array {
  const result = target.slice();
  for (let i = result.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}

/**
 * Trained to tell the *next* row's label, in order of time, the features must not do better than for their own: more
 * than 3 standard errors better means that features and labels are out of step by a row.
 */
export const shiftedTargetProbe: Check = {
  name: 'shifted-target-probe',
  figureKind: 'number',
  async run(input) {
    const last = lastPart(input);
    if (!input.probe) return skipped('no estimator to probe with was given');
    if (!last) return skipped('the last part has fewer than 50 rows');
    const { task, train } = input;
    const labels = distinct(train.target);
    const own = withoutEnd(train);
    const ownLater = withoutEnd(last);
    const straight = await input.probe(own.features, own.target, ownLater.features);
    const shifted = await input.probe(own.features, own.next, ownLater.features);
    const shiftedLosses = rowLosses(task, shifted, ownLater.next, labels);
    const againstOwn = pairedGain(rowLosses(task, straight, ownLater.target, labels), shiftedLosses);
    const againstBase = pairedGain(baseLosses(task, own.next, ownLater.next), shiftedLosses);
    const suspicious =
      againstOwn.gain > 3 * againstOwn.standardError && againstBase.gain > 3 * againstBase.standardError;
    return {
      status: suspicious ? 'fail' : 'pass',
      figure: againstOwn.gain,
      sentence: suspicious
        ? `The features tell the next row's label better than their own, by ${againstOwn.gain.toFixed(4)}.`
        : "The features do not tell the next row's label better than their own.",
      detail: { gain: againstOwn.gain, standardError: againstOwn.standardError },
    };
  },
};

/** The part without its last row in time, and beside each target the one that follows it. */
function withoutEnd({ features, target, forecastAt }: CheckPart) {
  const order = Array.from(target.keys());
  if (forecastAt) order.sort((a, b) => forecastAt[a]! - forecastAt[b]! || a - b);
  const kept = order.slice(0, -1);
  return {
    features: selectRows(features, kept),
    target: Float64Array.from(kept, (row) => target[row]!),
    next: Float64Array.from(order.slice(1), (row) => target[row]!),
  };
}
