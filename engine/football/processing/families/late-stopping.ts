import type { ModelTable } from '../../../../db/queries/football/processing.ts';
import type { CancelSignal, JsonValue } from '../../../contract/domain.ts';
import type { Estimator, TrainingCallback } from '../../../kernel/modeling/estimator.ts';
import type { Matrix } from '../../../kernel/modeling/matrix.ts';
import { splitSequential } from '../../../kernel/modeling/splitting/sequential.ts';
import { train } from '../../../kernel/modeling/trainer/train.ts';
import type { FamilyName, FittedModel } from '../models.ts';
import { matrixOf, targetOf } from '../rows.ts';
import type { FamilyFit } from './family.ts';
import { orderedLogit } from './ordered-logit.ts';

/** What the families that are trained round by round share. */
export const lateStopping = {
  /** Share of the training rows, the newest, that says when to stop. */
  validationShare: 0.15,
  /** The newest rows that they learn from: beyond these nothing was gained, and time was lost. */
  rows: 30_000,
  /** Fewer rows than this teach such families nothing that the ratings do not say: there is no model then. */
  minimumRows: 1000,
  /** Share of missing values from which a column is left out. */
  missing: 0.6,
} as const;

/** Checks whose failure is no reason to stop here, and why; kept with each model. */
const overrides = {
  'feature-drift':
    'The newest part only says when to stop; whether the past still holds is what walk-forward measures.',
};

const threeHoursMs = 3 * 3_600_000;

/** Where the rounds start from: the log probabilities of the ordered logit, so that they only learn what it does not say. */
export function startingScores(
  fitted: ReadonlyMap<FamilyName, FittedModel>,
  on: { readonly table: ModelTable; readonly rows: Int32Array },
): Float64Array {
  return orderedLogit.predict(fitted.get('ordered-logit')!, { ...on, fitted }).map((p) => Math.log(p));
}

/** Trains on the older rows, stops by the newer ones, after the sanity checks; a failed check ends the training. */
export async function trainWithLateStopping(
  input: {
    readonly table: ModelTable;
    readonly rows: Int32Array;
    readonly fitted: ReadonlyMap<FamilyName, FittedModel>;
    readonly callbacks?: readonly TrainingCallback[] | undefined;
    readonly signal?: CancelSignal | undefined;
  },
  options: {
    readonly featureNames: readonly string[];
    readonly create: () => Estimator;
    /** Names of the checks; default all. A family whose rows another one has checked needs not all of them again. */
    readonly checks?: readonly string[];
  },
): Promise<FamilyFit | undefined> {
  if (input.rows.length < lateStopping.minimumRows) return undefined;
  const { table, fitted, callbacks, signal } = input;
  const rows = input.rows.subarray(Math.max(0, input.rows.length - lateStopping.rows));
  const featureNames = presentColumns(matrixOf(table, rows, options.featureNames));
  const times = {
    forecastAt: Float64Array.from(rows, (row) => table.asOf[row]!),
    labelKnownAt: Float64Array.from(rows, (row) => table.kickOff[row]! + threeHoursMs),
  };
  const { record, estimator } = await train({
    create: options.create,
    data: {
      features: matrixOf(table, rows, featureNames),
      target: targetOf(table, rows),
      initialScores: startingScores(fitted, { table, rows }),
      times,
      featuresKnownAt: times.forecastAt,
    },
    split: splitSequential(times, {
      train: 1 - lateStopping.validationShare,
      validation: lateStopping.validationShare,
      test: 0,
    }),
    // The probes train twice more and are for the analyst's own runs.
    checks: { probes: false, overrides, only: options.checks },
    callbacks,
    signal,
  });
  return {
    estimator,
    featureNames,
    notes: {
      rows: record.rows,
      measures: record.measures as JsonValue,
      checks: record.checks.results.map(
        ({ name, status, figure, figureKind, sentence, overriddenBecause }) => ({
          name,
          status,
          figure: Number.isFinite(figure) ? figure : null,
          figureKind,
          sentence,
          overriddenBecause,
        }),
      ),
    },
  };
}

/** The columns that hold enough values. */
function presentColumns({ columns, rows, values }: Matrix): string[] {
  return columns.filter((_, column) => {
    let missing = 0;
    for (let at = column; at < values.length; at += columns.length) if (Number.isNaN(values[at])) missing++;
    return missing < lateStopping.missing * rows;
  });
}
