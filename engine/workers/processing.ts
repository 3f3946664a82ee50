import { openReader } from '../../db/client.ts';
import { readModels } from '../../db/queries/football/models.ts';
import type { Database } from '../../db/client.ts';
import {
  readModelTable,
  readPrices,
  type ModelTable,
  type PriceColumns,
} from '../../db/queries/football/processing.ts';
import { poolForecasts, type FamilyProbabilities } from '../football/processing/pool.ts';
import {
  fitPooledModels,
  modelKey,
  type KnownModels,
  type PooledModels,
} from '../football/processing/pooled-models.ts';
import { footballFeatures } from '../football/calculation/registry.ts';
import type { Sport } from '../contract/domain.ts';
import type { LoadedTable } from '../football/model-table.ts';
import { judgeFamilies as judge } from '../football/processing/champion.ts';
import type { ChampionshipResult, Contender, FittedModel } from '../football/processing/models.ts';
import { removeMarginRows } from '../kernel/evaluation/margin.ts';
import type { TunedParameters } from '../football/tuning/families.ts';
import { walkForward } from '../football/processing/walk-forward.ts';
import { serve } from './serve.ts';

export const loadTable = serve(
  (task: { readonly database: string; readonly sport: Sport }): LoadedTable | undefined => {
    using database = openReader(task.database);
    const rows = readModelTable(database, { hash: footballFeatures.hash, sport: task.sport });
    if (!rows) return undefined;
    const preMatch = readPrices(database, rows, { phase: 'preMatch', latest: (row) => rows.asOf[row]! });
    const market = new Float64Array(new SharedArrayBuffer(rows.rows * 24));
    removeMarginRows(preMatch.prices.subarray(0, rows.rows * 3), { out: market });
    return {
      table: { ...rows, market },
      preMatch,
      closing: readPrices(database, rows, { phase: 'closing' }),
    };
  },
);

/** The table with the named features alone, for what asks no market: a third of the time. */
export const loadRows = serve(
  ({
    database: path,
    ...wanted
  }: {
    readonly database: string;
    readonly sport: Sport;
    readonly features: readonly string[];
  }): ModelTable | undefined => {
    using database = openReader(path);
    const rows = readModelTable(database, { hash: footballFeatures.hash, ...wanted });
    return rows && { ...rows, market: new Float64Array(rows.rows * 3).fill(Number.NaN) };
  },
);

export const fitPooled = serve(
  (
    task: {
      readonly database: string;
      readonly table: ModelTable;
      readonly cut: number;
      readonly tuned: TunedParameters;
    },
    context,
  ) => {
    using database = openReader(task.database);
    return fitPooledModels(task.table, task.cut, {
      known: knownModels(database, null),
      tuned: task.tuned,
      signal: context.signal,
    });
  },
);

export const poolFamilies = serve(
  (task: { readonly table: ModelTable; readonly families: FamilyProbabilities }) =>
    poolForecasts(task.table, task.families),
);

export const judgeFamilies = serve(
  (task: {
    readonly table: ModelTable;
    readonly families: FamilyProbabilities;
    readonly closing: PriceColumns;
    readonly today: number;
    readonly champion?: Contender | undefined;
  }) =>
    judge(task.table, task.families, {
      today: task.today,
      champion: task.champion,
      closing: removeMarginRows(task.closing.prices),
    }),
);

export const forecastChampionship = serve(
  async (
    task: {
      readonly database: string;
      readonly table: ModelTable;
      readonly prices: PriceColumns;
      readonly championship: number;
      readonly pooled: readonly PooledModels[];
    },
    context,
  ): Promise<ChampionshipResult> => {
    using database = openReader(task.database);
    return walkForward(task.table, {
      championship: task.championship,
      pooled: task.pooled,
      prices: task.prices,
      known: knownModels(database, task.table.championships[task.championship]!.id),
      signal: context.signal,
      report: context.report,
    });
  },
);

function knownModels(database: Database, championshipId: number | null): KnownModels {
  const models = readModels(database, championshipId) as FittedModel[];
  return new Map(models.map((model) => [modelKey(model), model]));
}
