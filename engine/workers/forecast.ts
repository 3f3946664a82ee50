import { openReader } from '../../db/client.ts';
import { readRawPredictions, type RawPredictions } from '../../db/queries/football/forecast.ts';
import type { ModelTable, PriceColumns } from '../../db/queries/football/processing.ts';
import type { EvaluationReport } from '../contract/evaluation.ts';
import { scoreWalkForward, type EvaluationInput } from '../football/forecast/evaluation.ts';
import { selectForecasts, type Selection } from '../football/forecast/selection.ts';
import { forecastStream, type ForecastStream } from '../football/forecast/stream.ts';
import { readPrices } from '../../db/queries/football/processing.ts';
import { championFamily } from '../football/processing/models.ts';
import { serve } from './serve.ts';

/** All forecasts of the champion family, as of `today`. */
export interface ForecastBatch {
  readonly raw: RawPredictions;
  readonly stream: ForecastStream;
  readonly selection: Selection;
  /** The newest price at the instant up to which each forecast may look. */
  readonly prices: PriceColumns;
}

export const forecastAll = serve(
  (
    task: {
      readonly database: string;
      readonly table: ModelTable;
      /** Days since 1970-01-01. */
      readonly today: number;
      /** Instant up to which each row may look. */
      readonly asOf: Float64Array;
      readonly target: number;
      readonly delta: number;
    },
    context,
  ): ForecastBatch => {
    using database = openReader(task.database);
    const { table, today, target, delta } = task;
    const raw = readRawPredictions(database, table, championFamily);
    const stream = forecastStream(table, raw.probabilities, { today, signal: context.signal });
    return {
      raw,
      stream,
      selection: selectForecasts(table, stream, { target, delta, today }),
      prices: readPrices(database, table, { phase: 'preMatch', latest: (row) => task.asOf[row]! }),
    };
  },
);

export const evaluateAll = serve((task: EvaluationInput, context): EvaluationReport =>
  scoreWalkForward({ ...task, signal: context.signal, report: context.report }),
);
