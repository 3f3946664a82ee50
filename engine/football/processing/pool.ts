import type { ModelTable } from '../../../db/queries/football/processing.ts';
import { dayText } from '../../contract/zones.ts';
import { createHasher } from '../../kernel/math/hash.ts';
import { fitLogPool, poolRow } from '../../kernel/modeling/ensembles/log-pool.ts';
import { listFolds } from './folds.ts';
import type { FamilyName, FamilyPredictions, FittedModel } from './models.ts';

/** Raw probabilities of some families, rows x 3 of the model table each; NaN where there is none. */
export type FamilyProbabilities = Readonly<Partial<Record<FamilyName, Float64Array>>>;

const poolRules = {
  members: ['logistic', 'ordered-logit', 'boosting', 'network'] satisfies FamilyName[],
  /** The newest settled forecasts that the weights rest on. */
  rows: 10_000,
  /** Below so many, the weights are equal. */
  minimumRows: 500,
} as const;

/**
 * The log-pool of the contending families. Its weights before each half-year are fitted to the members' own walk-forward
 * forecasts that were settled by then: what every member said before it knew.
 */
export function poolForecasts(
  table: ModelTable,
  families: FamilyProbabilities,
): { models: FittedModel[]; predictions: FamilyPredictions } | undefined {
  const members = poolRules.members.flatMap((name) => families[name] ?? []);
  if (members.length < poolRules.members.length) return undefined;
  const isWhole = (row: number) => members.every((member) => !Number.isNaN(member[row * 3]!));
  const models: FittedModel[] = [];
  const rows: number[] = [];
  const model: number[] = [];
  const probabilities: number[] = [];
  const pooled = new Float64Array(3);
  const byCut = Map.groupBy(listFolds(table), (fold) => fold.pooledCut);
  for (const [cut, folds] of [...byCut].sort(([a], [b]) => a - b)) {
    const coming = folds.flatMap((fold) => [...fold.rows]).filter(isWhole);
    if (coming.length === 0) continue;
    const at = models.push(poolModel(table, { cut, members, isWhole })) - 1;
    const { weights } = JSON.parse(models[at]!.payload) as { weights: number[] };
    for (const row of coming.sort((a, b) => a - b)) {
      poolRow(members, weights, { from: row * 3, out: pooled, to: 0, classes: 3 });
      rows.push(row);
      model.push(at);
      probabilities.push(...pooled);
    }
  }
  return {
    models,
    predictions: {
      family: 'pool',
      rows: Int32Array.from(rows),
      probabilities: Float64Array.from(probabilities),
      model: Int32Array.from(model),
    },
  };
}

function poolModel(
  table: ModelTable,
  options: {
    readonly cut: number;
    readonly members: readonly Float64Array[];
    readonly isWhole: (row: number) => boolean;
  },
): FittedModel {
  const { cut, members, isWhole } = options;
  const settled: number[] = [];
  for (let row = 0; row < table.rows && table.day[row]! < cut; row++) {
    if (table.target[row]! >= 0 && isWhole(row)) settled.push(row);
  }
  const newest = settled.slice(-poolRules.rows);
  const weights =
    newest.length < poolRules.minimumRows
      ? members.map(() => 1 / members.length)
      : [
          ...fitLogPool(
            members.map((member) =>
              Float64Array.from(newest.flatMap((row) => [...member.subarray(row * 3, row * 3 + 3)])),
            ),
            newest.map((row) => table.target[row]!),
            { classes: 3 },
          ),
        ];
  const payload = JSON.stringify({ members: poolRules.members, weights });
  const checksum = createHasher().text(payload).digest();
  return {
    payload,
    checksum,
    family: 'pool',
    championshipId: null,
    seasonCode: `until ${dayText(cut)}`,
    featureNames: [],
    parameters: poolRules,
    seed: 0,
    trainFrom: newest.length > 0 ? dayText(table.day[newest[0]!]!) : null,
    trainUntil: newest.length > 0 ? dayText(table.day[newest.at(-1)!]!) : null,
    trainCount: newest.length,
    dataHash: checksum,
    libraries: {},
    notes: {},
  };
}
