import { columnOf, distinct, gradeAbove, gradeGain, pairedMean, skipped } from './check.ts';
import type { Check, CheckInput, CheckPart } from './check.ts';

/**
 * The share of a feature's variance that the target explains: squared correlation (regression) or the correlation ratio
 * (classes: between-class over total variance, whatever numbers code the classes). 1 is a copy of the target.
 */
function explainedShare(feature: Float64Array, target: Float64Array, task: CheckInput['task']): number {
  const seen = Array.from(feature.keys()).filter((row) => Number.isFinite(feature[row]!));
  if (seen.length < 3) return 0;
  const mean = seen.reduce((sum, row) => sum + feature[row]!, 0) / seen.length;
  const total = seen.reduce((sum, row) => sum + (feature[row]! - mean) ** 2, 0);
  if (!(total > 0)) return 0;
  if (task === 'classification') {
    const groups = new Map<number, { sum: number; rows: number }>();
    for (const row of seen) {
      const group = groups.get(target[row]!) ?? { sum: 0, rows: 0 };
      group.sum += feature[row]!;
      group.rows++;
      groups.set(target[row]!, group);
    }
    let between = 0;
    for (const { sum, rows } of groups.values()) between += rows * (sum / rows - mean) ** 2;
    return between / total;
  }
  const centre = seen.reduce((sum, row) => sum + target[row]!, 0) / seen.length;
  const spread = seen.reduce((sum, row) => sum + (target[row]! - centre) ** 2, 0);
  const joint = seen.reduce((sum, row) => sum + (feature[row]! - mean) * (target[row]! - centre), 0);
  return spread > 0 ? joint ** 2 / (total * spread) : 0;
}

/** The target, its copy or a recoding of it among the features: explained share above 0.9 warns, above 0.995 fails. */
export const targetAmongFeatures: Check = {
  name: 'target-among-features',
  figureKind: 'share',
  run({ task, train }) {
    let figure = 0;
    let worst = '';
    train.features.columns.forEach((column, at) => {
      const share = explainedShare(columnOf(train.features, at), train.target, task);
      if (share <= figure) return;
      figure = share;
      worst = column;
    });
    return {
      status: gradeAbove(figure, { warnAbove: 0.9, failAbove: 0.995 }),
      figure,
      sentence: `The feature nearest to the target is ${worst || 'none'}: the target explains ${figure.toFixed(4)} of its variance.`,
      detail: { column: worst, share: figure },
    };
  },
};

const bins = 20;

/** Class shares by quantile bin of a feature, learnt on training rows (add-one smoothing); the last bin is for missing values. */
function binnedForecast(feature: Float64Array, target: Float64Array, labels: readonly number[]) {
  const sorted = feature.filter(Number.isFinite).sort();
  const edges = Array.from(
    { length: bins - 1 },
    (_, k) => sorted[Math.floor(((k + 1) * sorted.length) / bins)]!,
  );
  const binOf = (value: number) => {
    if (!Number.isFinite(value)) return bins;
    let bin = 0;
    while (bin < edges.length && value >= edges[bin]!) bin++;
    return bin;
  };
  const counts = new Float64Array((bins + 1) * labels.length).fill(1);
  feature.forEach((value, row) => {
    counts[binOf(value) * labels.length + labels.indexOf(target[row]!)]!++;
  });
  return (value: number, label: number): number => {
    const start = binOf(value) * labels.length;
    let total = 0;
    for (let k = 0; k < labels.length; k++) total += counts[start + k]!;
    return counts[start + labels.indexOf(label)]! / total;
  };
}

/**
 * One feature alone, as a histogram forecast learnt on training rows, must not be closer to the later results than the
 * market: a gain of more than 0.01 nats in mean log loss that is beyond chance fails, one of the two warns. Features made of
 * prices are left out.
 */
export const closerThanMarket: Check = {
  name: 'closer-than-market',
  figureKind: 'number',
  run({ task, train, later, marketFeatures = [] }) {
    if (task === 'regression') return skipped('it compares class probabilities');
    const part = later.findLast((candidate) => candidate.marketProbabilities);
    if (!part?.marketProbabilities) return skipped('no later part has market probabilities');
    const labels = distinct(train.target);
    const market = part.marketProbabilities;
    const priced = Array.from(part.target.keys()).filter((row) => {
      const at = labels.indexOf(part.target[row]!);
      return at >= 0 && market[row * labels.length + at]! > 0;
    });
    if (priced.length < 50) return skipped(`only ${priced.length} later rows have a price`);
    const marketLosses = priced.map(
      (row) => -Math.log(market[row * labels.length + labels.indexOf(part.target[row]!)]!),
    );
    let strongest = { gain: -Infinity, standardError: 0 };
    let worst = '';
    train.features.columns.forEach((column, at) => {
      if (marketFeatures.includes(column)) return;
      const forecast = binnedForecast(columnOf(train.features, at), train.target, labels);
      const feature = columnOf(part.features, part.features.columns.indexOf(column));
      const gains = priced.map(
        (row, i) => marketLosses[i]! + Math.log(forecast(feature[row]!, part.target[row]!)),
      );
      const paired = pairedMean(gains);
      if (paired.gain <= strongest.gain) return;
      strongest = paired;
      worst = column;
    });
    if (worst === '') return skipped('every feature is made of prices');
    return {
      status: gradeGain(strongest),
      figure: strongest.gain,
      sentence: `The strongest single feature, ${worst}, is ${Math.abs(strongest.gain).toFixed(4)} nats ${strongest.gain > 0 ? 'closer to the results than' : 'behind'} the market.`,
      detail: { column: worst, ...strongest },
    };
  },
};

/** Rows whose features use something that was known only after the forecast; one is a fail. */
export const featureAfterForecast: Check = {
  name: 'feature-after-forecast',
  figureKind: 'count',
  run({ train, later }) {
    const parts = [train, ...later];
    if (parts.some((part) => !part.featuresKnownAt || !part.forecastAt)) {
      return skipped('not every part says when its features were known');
    }
    const late = parts.reduce((sum, part) => sum + countLate(part), 0);
    return {
      status: late > 0 ? 'fail' : 'pass',
      figure: late,
      sentence: `${late} rows use data from after their forecast.`,
      detail: { rows: late },
    };
  },
};

function countLate({ featuresKnownAt, forecastAt }: CheckPart): number {
  let late = 0;
  for (let row = 0; row < featuresKnownAt!.length; row++)
    if (featuresKnownAt![row]! > forecastAt![row]!) late++;
  return late;
}
