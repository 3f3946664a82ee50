import type { JudgedForecasts } from '../../../../db/queries/football/calibration.ts';
import type { CalibrationQuestion, CalibrationReport } from '../../../contract/calibration.ts';
import { dayNumber, dayText } from '../../../contract/zones.ts';
import { calibrationErrorNull, topLabel } from '../../../kernel/evaluation/calibration-error.ts';
import { removeMarginRows } from '../../../kernel/evaluation/margin.ts';
import { logLosses, rankedProbabilityScore, brier } from '../../../kernel/evaluation/scores.ts';
import { bootstrapMean } from '../../../kernel/math/bootstrap.ts';
import { argmaxRow } from '../../../kernel/math/softmax.ts';
import { mean } from '../../../kernel/math/summary.ts';
import { betAgainstSets, coverageLaws } from '../coverage.ts';
import { diagnose, minimumForCalibration, reliabilityOfClasses } from '../diagnostics.ts';
import { bootstrapSeed, figure, pick } from '../judged.ts';
import { publishedCoverage } from './coverage.ts';
import { tooFew, verdictOf } from './verdict.ts';

const scoreDraws = 500;
const errorDraws = 200;

type Asked = Pick<CalibrationQuestion, 'model' | 'championship' | 'from' | 'until' | 'origin'>;

/** Calibration, coverage and the verdict in one, over the settled forecasts that were asked about. */
export function calibrationReport(forecasts: JudgedForecasts, asked: Asked): CalibrationReport {
  const rows = rowsAsked(forecasts, asked);
  const n = rows.length;
  const isEnough = n >= minimumForCalibration;
  const p = probabilitiesOf(forecasts, asked.model);
  const own = pick(p, rows);
  const outcomes = Uint8Array.from(rows, (row) => forecasts.target[row]!);
  const diagnosed = isEnough ? diagnose(own, outcomes, pick(forecasts.baseRate, rows)) : undefined;
  const isPublished = asked.model === 'published';
  return {
    n,
    live: rows.filter((row) => forecasts.live[row] === 1).length,
    from: n > 0 ? dayText(forecasts.day[rows[0]!]!) : null,
    until: n > 0 ? dayText(forecasts.day[rows.at(-1)!]!) : null,
    minimum: minimumForCalibration,
    scores: isEnough
      ? scoresOf(
          own,
          outcomes,
          rows.map((row) => forecasts.day[row]!),
        )
      : null,
    classes: diagnosed?.classes ?? [],
    reliability: isEnough ? reliabilityOfClasses(own, outcomes) : [],
    draws: diagnosed?.draws ?? null,
    sharpness: diagnosed?.sharpness ?? null,
    verdict: diagnosed ? verdictOf(diagnosed.classes) : tooFew,
    championships: championshipRows(forecasts, rows, p),
    coverage: isPublished && n > 0 ? publishedCoverage(forecasts, rows) : [],
    coverageLaw: coverageLaws(),
    martingale:
      isPublished && isEnough
        ? betAgainstSets({ ...forecasts, probabilities: p }, rows, Number.POSITIVE_INFINITY)
        : null,
  };
}

function rowsAsked(forecasts: JudgedForecasts, { championship, from, until, origin }: Asked): number[] {
  const first = from === undefined ? -Infinity : dayNumber(from);
  const last = until === undefined ? Infinity : dayNumber(until);
  const code = championship === null ? undefined : forecasts.codes.indexOf(championship);
  const rows: number[] = [];
  for (let row = 0; row < forecasts.rows; row++) {
    const day = forecasts.day[row]!;
    if (day < first || day > last) continue;
    if (code !== undefined && forecasts.championship[row] !== code) continue;
    if (origin === 'live' && forecasts.live[row] !== 1) continue;
    rows.push(row);
  }
  return rows;
}

/** The closing market's prices without their margin; of everybody else what was said. */
function probabilitiesOf(forecasts: JudgedForecasts, model: Asked['model']): Float64Array {
  return model === 'closing' ? removeMarginRows(forecasts.values) : forecasts.values;
}

function scoresOf(
  p: Float64Array,
  outcomes: Uint8Array,
  days: readonly number[],
): NonNullable<CalibrationReport['scores']> {
  const one = (score: (row: Float64Array, outcome: readonly number[]) => number) =>
    Float64Array.from(outcomes, (outcome, at) => score(p.subarray(at * 3, at * 3 + 3), [outcome]));
  const interval = (values: Float64Array) =>
    figure(bootstrapMean(values, days, { seed: bootstrapSeed, draws: scoreDraws }));
  return {
    logLoss: interval(logLosses(p, outcomes)),
    rps: interval(one(rankedProbabilityScore)),
    brier: interval(one(brier)),
    accuracy: interval(one((row, [outcome]) => (argmaxRow(row, 0, 3) === outcome ? 1 : 0))),
  };
}

/** The most probable class of each forecast as one event, championship by championship. */
function championshipRows(
  forecasts: JudgedForecasts,
  rows: readonly number[],
  p: Float64Array,
): CalibrationReport['championships'] {
  return [...Map.groupBy(rows, (row) => forecasts.codes[forecasts.championship[row]!]!)]
    .filter(([, own]) => own.length >= minimumForCalibration)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([code, own]) => {
      const { probabilities, events } = topLabel(
        pick(p, own),
        own.map((row) => forecasts.target[row]!),
      );
      const { value, expected, high, pValue } = calibrationErrorNull(probabilities, events, {
        seed: bootstrapSeed,
        draws: errorDraws,
      });
      return {
        code,
        n: own.length,
        meanProbability: mean(probabilities),
        hitRate: mean(events),
        error: value,
        expected,
        high,
        pValue,
      };
    });
}
