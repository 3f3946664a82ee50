import type { ModelTable } from '../../../db/queries/football/processing.ts';
import type { TrainingReport } from '../../contract/training.ts';
import { pairedDifference } from '../../kernel/evaluation/paired.ts';
import {
  brier,
  logLosses,
  logLossOf,
  rankedProbabilityScore,
  scoreForecasts,
} from '../../kernel/evaluation/scores.ts';
import { bootstrapMean } from '../../kernel/math/bootstrap.ts';
import { argmaxRow } from '../../kernel/math/softmax.ts';
import { figure } from '../evaluation/judged.ts';
import { targetOf } from '../processing/rows.ts';
import type { TuningFold } from '../tuning/folds.ts';
import type { TrainedFold } from './fold.ts';

const draws = 1000;
const seed = 20_050_805;

/** Scores of a training's forecasts, all folds together and each alone, beside the family as it is and the market. */
export function judgeTraining(
  table: ModelTable,
  folds: readonly TuningFold[],
  made: {
    readonly trained: readonly TrainedFold[];
    /** rows x 3 of the closing market without its margin; NaN where there is none. */
    readonly closing: Float64Array;
  },
): Omit<TrainingReport, 'experimentRun' | 'family' | 'championship' | 'checks'> {
  const { trained, closing } = made;
  const rows = folds.flatMap((fold) => [...fold.test]);
  const days = rows.map((row) => table.day[row]!);
  const outcomes = rows.map((row) => table.target[row]!);
  const p = Float64Array.from(trained.flatMap(({ probabilities }) => [...probabilities]));
  const losses = logLosses(p, outcomes);
  const present = Float64Array.from(trained.flatMap((fold) => [...fold.present]));
  const interval = (values: Float64Array) => figure(bootstrapMean(values, days, { seed, draws }));
  const each = (score: (row: Float64Array, outcome: readonly number[]) => number) =>
    Float64Array.from(outcomes, (outcome, at) => score(p.subarray(at * 3, at * 3 + 3), [outcome]));
  const priced = [...rows.keys()].filter((at) => !Number.isNaN(closing[rows[at]! * 3]!));
  return {
    matches: rows.length,
    folds: folds.map((fold, at) => {
      const { probabilities, present: own } = trained[at]!;
      const {
        logLoss,
        rps,
        brier: brierScore,
        accuracy,
      } = scoreForecasts(probabilities, targetOf(table, fold.test));
      return {
        name: fold.name,
        trainingMatches: fold.train.length,
        matches: fold.test.length,
        logLoss,
        rps,
        brier: brierScore,
        accuracy,
        present: own.reduce((sum, loss) => sum + loss, 0) / own.length,
      };
    }),
    logLoss: interval(losses),
    rps: interval(each(rankedProbabilityScore)),
    brier: interval(each(brier)),
    accuracy: interval(each((row, [outcome]) => (argmaxRow(row, 0, 3) === outcome ? 1 : 0))),
    difference: figure(pairedDifference({ a: losses, b: present }, days, { seed, draws })),
    closing:
      priced.length === 0
        ? null
        : {
            n: priced.length,
            market: meanOf(priced, (at) => logLossOf(closing, rows[at]! * 3, outcomes[at]!, 3)),
            own: meanOf(priced, (at) => losses[at]!),
          },
  };
}

function meanOf(places: readonly number[], valueOf: (place: number) => number): number {
  return places.reduce((sum, place) => sum + valueOf(place), 0) / places.length;
}
