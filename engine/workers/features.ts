import { openReader } from '../../db/client.ts';
import { readModels } from '../../db/queries/football/models.ts';
import { readModelTable } from '../../db/queries/football/processing.ts';
import type { DriftQuestion, DriftReport } from '../contract/features.ts';
import type { FeatureSetCode, MeasuredFamily } from '../contract/stages.ts';
import type { Sport } from '../contract/domain.ts';
import { AppError } from '../contract/errors.ts';
import { featureSets } from '../football/calculation/registry.ts';
import { correlationsOf, describeFeatures, missingnessOf } from '../football/feature-report/description.ts';
import { driftReport } from '../football/feature-report/drift.ts';
import { mainChampionship } from '../football/feature-report/fold-models.ts';
import { importanceOf } from '../football/feature-report/importance.ts';
import { informationOf } from '../football/feature-report/information.ts';
import type { FeatureTable } from '../football/feature-report/rows.ts';
import { stabilityOf } from '../football/feature-report/stability.ts';
import { serve } from './serve.ts';

interface OnDatabase {
  readonly database: string;
}

interface OnSet extends OnDatabase {
  readonly set: FeatureSetCode;
  readonly sport: Sport;
}

/** Rows of the table that were asked about. */
interface OnRows {
  readonly table: FeatureTable;
  readonly rows: Int32Array;
}

export const loadFeatures = serve((task: OnSet): FeatureTable => tableOf(task));

export const measureInformation = serve((task: OnRows & { readonly columns: readonly number[] }) =>
  informationOf(task.table, task),
);

export const describe = serve(({ table, rows }: OnRows) => ({
  described: describeFeatures(table, rows),
  missingness: missingnessOf(table, rows),
}));

export const correlate = serve((task: OnRows & { readonly columns: readonly number[] }) =>
  correlationsOf(task.table, task),
);

export const measureImportance = serve((task: OnRows & OnDatabase & { readonly family: MeasuredFamily }) => {
  using database = openReader(task.database);
  // The measured families look at features alone, never at a price.
  const table = { ...task.table, market: new Float64Array(0) };
  const own = mainChampionship(table, task.rows);
  const models = [...readModels(database, null), ...(own === undefined ? [] : readModels(database, own))];
  return {
    importance: importanceOf(table, { models, family: task.family, rows: task.rows }) ?? null,
    stability: stabilityOf(table, models, task.family) ?? null,
  };
});

export const compareDrift = serve((task: DriftQuestion & OnSet): DriftReport =>
  driftReport(tableOf(task), task),
);

function tableOf({ database: path, set, sport }: OnSet): FeatureTable {
  using database = openReader(path);
  const table = readModelTable(database, { hash: featureSets.find(({ code }) => code === set)!.hash, sport });
  if (table && table.rows > 0) return table;
  throw new AppError('FEATURES_MISSING', 'there are no features yet: run `calculation` first');
}
