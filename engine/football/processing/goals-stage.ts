import type { GoalColumns } from '../../../db/queries/football/goals.ts';
import type { ModelTable } from '../../../db/queries/football/processing.ts';
import { storeGoalPredictions, type GoalPredictionRecord } from '../../../db/storage/football/goals.ts';
import { storeModel } from '../../../db/storage/football/processing.ts';
import { AppError } from '../../contract/errors.ts';
import { createHasher } from '../../kernel/math/hash.ts';
import { scoreLaws } from '../../kernel/modeling/goals/laws/registry.ts';
import { runTask } from '../../runtime/run-task.ts';
import type { StageContext } from '../../runtime/stage.ts';
import { isBeforeKickOff } from '../model-table.ts';
import { goalModel, type GoalSeason } from './goals.ts';

const worker = new URL('../../workers/goals.ts', import.meta.url);

/**
 * Makes and stores the intensities of the wanted championships, those of each in a worker thread: of the seasons that
 * hold a wanted match. One item a championship, `<code>/goals`.
 */
export async function processGoals(
  context: StageContext,
  options: {
    readonly table: ModelTable;
    readonly championships: readonly number[];
    readonly isWanted: (row: number) => boolean;
  },
): Promise<{ new: number; held: number }> {
  const { table, isWanted } = options;
  const keyOf = (championship: number) => `${table.championships[championship]!.code}/goals`;
  const total = { new: 0, held: 0 };
  const items = options.championships.filter((championship) => !context.isDone(keyOf(championship)));
  if (items.length === 0) return total;
  const columns = await runTask<GoalColumns>(context, {
    worker,
    handler: 'loadGoals',
    task: { database: context.database.path, table },
  });
  let done = 0;
  context.progress({ phase: 'goals', done, total: items.length });
  for await (const result of context.consumer.run<number, unknown, readonly GoalSeason[]>({
    worker,
    handler: 'forecastChampionshipGoals',
    items,
    toTask: (championship) => ({
      table,
      columns,
      championship,
      seasons: wantedSeasons(table, championship, isWanted),
    }),
    signal: context.signal,
  })) {
    if (result.status === 'cancelled') throw new AppError('CANCELLED', 'forecasting goals was cancelled');
    const key = keyOf(result.item);
    if (result.status === 'failed') {
      context.failItem(key, result.durationMs, result.error);
      continue;
    }
    context.commitItem(key, result.durationMs, () => {
      const counts = storeSeasons(context, { table, seasons: result.value, isWanted });
      total.new += counts.new;
      total.held += counts.held;
      return counts;
    });
    context.progress({ phase: 'goals', done: ++done, total: items.length });
  }
  return total;
}

function wantedSeasons(
  table: ModelTable,
  championship: number,
  isWanted: (row: number) => boolean,
): ReadonlySet<number> {
  const seasons = new Set<number>();
  for (let row = 0; row < table.rows; row++) {
    if (table.championship[row] === championship && isWanted(row)) seasons.add(table.firstYear[row]!);
  }
  return seasons;
}

function storeSeasons(
  context: StageContext,
  options: {
    readonly table: ModelTable;
    readonly seasons: readonly GoalSeason[];
    readonly isWanted: (row: number) => boolean;
  },
): { new: number; held: number } {
  const { table, isWanted } = options;
  const width = scoreLaws[goalModel.law].parameters.length;
  const records: GoalPredictionRecord[] = [];
  for (const season of options.seasons) {
    const wanted = [...season.rows.keys()].filter((at) => isWanted(season.rows[at]!));
    if (wanted.length === 0) continue;
    const modelId = storeGoalModel(context, table, season);
    for (const at of wanted) {
      const row = season.rows[at]!;
      const live = isBeforeKickOff(table, row, context.instant);
      records.push({
        matchId: table.matchId[row]!,
        modelId,
        asOf: live ? context.instant : table.asOf[row]!,
        madeAt: context.instant,
        origin: live ? 'live' : 'replay',
        dataHash: season.hashes[at]!,
        law: goalModel.law,
        home: season.home[at]!,
        away: season.away[at]!,
        extras: [...season.extras.subarray(at * width, (at + 1) * width)],
      });
    }
  }
  const added = storeGoalPredictions(context.database, records);
  return { new: added, held: records.length - added };
}

/** One model stands for a season's daily fits: each prediction's own data hash says what its fit had seen. */
function storeGoalModel(context: StageContext, table: ModelTable, { season, rows }: GoalSeason): number {
  const championship = table.championships[table.championship[rows[0]!]!]!;
  const payload = JSON.stringify(goalModel);
  const checksum = createHasher().text(payload).digest();
  return storeModel(
    context.database,
    {
      family: goalModel.law,
      championshipId: championship.id,
      seasonCode: table.seasonCodes[season]!,
      featureNames: [],
      parameters: goalModel,
      seed: 0,
      trainFrom: null,
      trainUntil: null,
      trainCount: 0,
      dataHash: checksum,
      payload,
      checksum,
      libraries: {},
      notes: { refitted: 'before each match day' },
    },
    { featureSetId: table.featureSetId, trainedAt: context.instant },
  );
}
