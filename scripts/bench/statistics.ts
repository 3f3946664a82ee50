import { createOnlineConformal } from '../../engine/kernel/conformal/online.ts';
import type { Observation } from '../../engine/kernel/conformal/online.ts';
import { selectThreshold } from '../../engine/kernel/conformal/risk-control.ts';
import { removeMarginRows } from '../../engine/kernel/evaluation/margin.ts';
import { reliabilityCurve } from '../../engine/kernel/evaluation/reliability.ts';
import { logLosses, scoreForecasts } from '../../engine/kernel/evaluation/scores.ts';
import { gapClosedInterval } from '../../engine/kernel/evaluation/skill.ts';
import { createRandom } from '../../engine/kernel/math/random.ts';
import { normaliseRows } from '../../engine/kernel/math/softmax.ts';
import { fitCalibrator } from '../../engine/kernel/modeling/calibration/calibrator.ts';
import { mutualInformationWithClasses } from '../../engine/kernel/modeling/selection/mutual-information.ts';
import type { Bench } from './bench.ts';

/** About as many matches as five leagues hold since 2005, ten a day. */
const rows = 34_000;
const rowsPerDay = 10;

interface Sample {
  readonly probabilities: Float64Array;
  readonly outcomes: Uint8Array;
  readonly days: Uint32Array;
}

/** Drawn once, when the first bench wants it. */
let drawn: Sample | undefined;

function sample(): Sample {
  if (drawn) return drawn;
  const random = createRandom(1);
  const probabilities = new Float64Array(3 * rows);
  for (let i = 0; i < probabilities.length; i++) probabilities[i] = 0.1 + random.uniform();
  normaliseRows(probabilities, 3);
  const outcomes = new Uint8Array(rows);
  const days = new Uint32Array(rows);
  for (let i = 0; i < rows; i++) {
    const u = random.uniform();
    const home = probabilities[3 * i]!;
    outcomes[i] = u < home ? 0 : u < home + probabilities[3 * i + 1]! ? 1 : 2;
    days[i] = Math.floor(i / rowsPerDay);
  }
  return (drawn = { probabilities, outcomes, days });
}

/** Median of five runs in milliseconds, after one that does not count. */
function medianMilliseconds(work: () => unknown): number {
  work();
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[2]!;
}

function bench(name: string, work: (sample: Sample) => unknown): Bench {
  return {
    name,
    unit: 'ms',
    run: () => {
      const data = sample();
      return Promise.resolve(medianMilliseconds(() => work(data)));
    },
  };
}

function playOnline({ probabilities, outcomes }: Sample): number {
  const online = createOnlineConformal();
  let sizes = 0;
  for (let start = 0; start < rows; start += rowsPerDay) {
    const day: Observation[] = [];
    for (let i = start; i < start + rowsPerDay; i++) {
      const stream = i % 5;
      const row = probabilities.subarray(3 * i, 3 * i + 3);
      sizes += online.forecast(stream, row).set(0.8);
      day.push({ stream, probabilities: row, outcome: outcomes[i]! });
    }
    online.observe(day);
  }
  return sizes;
}

function tops({ probabilities, outcomes }: Sample) {
  const confidence = new Float64Array(rows);
  const correct = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) {
    const row = probabilities.subarray(3 * i, 3 * i + 3);
    const top = row.indexOf(Math.max(row[0]!, row[1]!, row[2]!));
    confidence[i] = row[top]!;
    correct[i] = outcomes[i] === top ? 1 : 0;
  }
  return { confidence, correct };
}

/** The statistics behind forecasts, on 34,000 invented matches. */
export const benches: readonly Bench[] = [
  bench('conformal sets, 34,000 matches online, windows of 1,000', playOnline),
  bench('learn-then-test selection, 34,000 matches', (data) => selectThreshold(tops(data), { target: 0.6 })),
  bench('four scores, 34,000 matches', ({ probabilities, outcomes }) =>
    scoreForecasts(probabilities, outcomes),
  ),
  bench('temperature fit, 34,000 matches', ({ probabilities, outcomes }) =>
    fitCalibrator('temperature', probabilities, outcomes),
  ),
  bench('Shin margin removal, 34,000 matches', ({ probabilities }) =>
    removeMarginRows(probabilities.map((p) => 1 / (1.05 * p))),
  ),
  bench('gap closed with 1,000 bootstrap draws of 3,400 days', ({ probabilities, outcomes, days }) => {
    const model = logLosses(probabilities, outcomes);
    const base = model.map((v) => v + 0.1);
    return gapClosedInterval({ base, model, market: base.map((v) => v - 0.12) }, days, { seed: 1 });
  }),
  bench('reliability curve with 200 draws, 34,000 matches', ({ probabilities, outcomes }) =>
    reliabilityCurve(
      Float64Array.from(outcomes, (_, i) => probabilities[3 * i]!),
      outcomes.map((y) => (y === 0 ? 1 : 0)),
      { seed: 1 },
    ),
  ),
  bench('mutual information of one feature, 34,000 matches', ({ probabilities, outcomes }) =>
    mutualInformationWithClasses(
      Float64Array.from(outcomes, (_, i) => probabilities[3 * i]!),
      outcomes,
    ),
  ),
];
