import { openReader } from '../../db/client.ts';
import { readRawPredictions, type RawPredictions } from '../../db/queries/football/forecast.ts';
import type { ModelTable, PriceColumns } from '../../db/queries/football/processing.ts';
import { selectForecasts, type Selection } from '../football/forecast/selection.ts';
import { forecastStream, type ForecastStream } from '../football/forecast/stream.ts';
import { readPrices } from '../../db/queries/football/processing.ts';
import {
  championForecasts,
  reignOf,
  reviewChampions,
  withHolder,
  type ChampionReview,
  type OwnChampions,
  type Reign,
} from '../football/processing/champion.ts';
import { contenders, type Contender } from '../football/processing/models.ts';
import { removeMarginRows } from '../kernel/evaluation/margin.ts';
import { readGoalColumns, readRawGoals } from '../../db/queries/football/goals.ts';
import { selectJoint } from '../football/forecast/joint-selection.ts';
import { goalCovariates } from '../football/forecast/goal-regression.ts';
import { jointStream } from '../football/forecast/joint.ts';
import { isRecordOf, streamStart } from '../football/forecast/stream-start.ts';
import type { JointBatch } from '../football/forecast/joint-records.ts';
import { goalModel } from '../football/processing/goals.ts';
import { scoreLaws } from '../kernel/modeling/goals/laws/registry.ts';
import { serve, transfer } from './serve.ts';

/** All forecasts of the champion family, as of `today`. */
export interface ForecastBatch {
  readonly reviews: readonly ChampionReview[];
  /** Ids of the champion's prediction and model a row; 0 where there is none. */
  readonly predictionId: Int32Array;
  readonly modelId: Int32Array;
  readonly stream: ForecastStream;
  readonly selection: Selection;
  /** What the grids of scores say of the other types. */
  readonly joint: JointBatch;
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
      /** 1 a row whose forecast is to be stored: what the others would say is only made as far as these rest on it. */
      readonly wanted: Uint8Array;
      readonly target: number;
      readonly delta: number;
      /** Family that holds the champion's place in the registry. */
      readonly holder?: Contender | undefined;
      /** Families of the champions that championships have of their own. */
      readonly own: OwnChampions;
    },
    context,
  ) => {
    using database = openReader(task.database);
    const { table, today, target, delta, wanted } = task;
    const held = new Map<Contender, RawPredictions>(
      contenders.map((family) => [family, readRawPredictions(database, table, family)]),
    );
    for (const [family, { count }] of held) if (count === 0) held.delete(family);
    const families = Object.fromEntries([...held].map(([family, raw]) => [family, raw.probabilities]));
    const closing = removeMarginRows(readPrices(database, table, { phase: 'closing' }).prices);
    const reviews = withHolder(reviewChampions(table, families, { today, closing }), today, task.holder);
    const reign = reignOf(table, reviews, { today, champions: task.own });
    const probabilities = championForecasts(table, families, reign);
    const goals = readRawGoals(database, table, scoreLaws[goalModel.law]);
    const start = streamStart(
      table,
      (row) => wanted[row] === 1,
      isRecordOf(table, { raw: probabilities, goalPredictionId: goals.predictionId, today }),
    );
    const from = start.selectionRow;
    const stream = forecastStream(table, probabilities, { today, from: start.row, signal: context.signal });
    const joint = jointStream(table, readGoalColumns(database, table), {
      probabilities: stream.probabilities,
      goals,
      covariates: goalCovariates(table),
      today,
      from: start.row,
      hasForecast: (row) => !Number.isNaN(probabilities[row * 3]),
      signal: context.signal,
    });
    return transfer<ForecastBatch>({
      reviews,
      ...sources(table, held, reign),
      stream,
      selection: selectForecasts(table, stream, { target, delta, today, from }),
      joint: {
        goalPredictionId: goals.predictionId,
        stream: joint,
        selection: selectJoint(table, joint, { target, delta, from }),
      },
      prices: readPrices(database, table, {
        phase: 'preMatch',
        latest: (row) => task.asOf[row]!,
        matches: [...table.matchId.subarray(0, table.rows)].filter((_, row) => wanted[row] === 1),
      }),
    });
  },
);

function sources(
  table: ModelTable,
  held: ReadonlyMap<Contender, RawPredictions>,
  reign: Reign,
): Pick<ForecastBatch, 'predictionId' | 'modelId'> {
  const predictionId = new Int32Array(table.rows);
  const modelId = new Int32Array(table.rows);
  for (let row = 0; row < table.rows; row++) {
    const champion = reign(row);
    const raw = champion && held.get(champion);
    if (!raw) continue;
    predictionId[row] = raw.predictionId[row]!;
    modelId[row] = raw.modelId[row]!;
  }
  return { predictionId, modelId };
}
