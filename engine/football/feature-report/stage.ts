import { dataInstant } from '../../../db/queries/analysis.ts';
import { putAnalysis } from '../../../db/storage/analysis.ts';
import type { FeatureFinding, FeatureReport } from '../../contract/features.ts';
import type { FeaturesParameters } from '../../contract/stages.ts';
import type { JsonValue } from '../../contract/domain.ts';
import { AppError } from '../../contract/errors.ts';
import { dayText } from '../../contract/zones.ts';
import { falseDiscoveryAdjusted } from '../../kernel/evaluation/multiplicity.ts';
import { canonicalQuestion } from '../../runtime/analyses.ts';
import { runTask } from '../../runtime/run-task.ts';
import type { StageContext } from '../../runtime/stage.ts';
import { oneSport } from '../model-table.ts';
import type { describeFeatures, missingnessOf } from './description.ts';
import type { Importance } from './importance.ts';
import { informationDraws, informationRows, type Information } from './information.ts';
import { settledRows, type FeatureTable } from './rows.ts';

const worker = new URL('../../workers/features.ts', import.meta.url);

/** Under which the report is kept; the number rises when its form changes. */
export const featureReportKind = 'features/2';

/** Columns that one task looks at: few enough for progress, many enough to be worth the way. */
const chunk = 5;

/** What the run of this kind answers; the report itself is kept beside it. */
export type FeatureReportResult = {
  readonly features: number;
  readonly matches: number;
  readonly informative: number;
  readonly measuredOn: number;
};

/**
 * Says what each feature of a set is worth: information about the result beside its permutation null, the use that a family
 * makes of it on later matches, its steadiness over folds, what is missing when, and what repeats what. The finished report
 * takes the place of the last one with the same parameters.
 */
export async function reportFeatures(
  context: StageContext,
  parameters: FeaturesParameters,
): Promise<FeatureReportResult> {
  const dataAt = dataInstant(context.database);
  const began = performance.now();
  const { set, championship, family } = parameters;
  const ask = <Result>(handler: string, task: object): Promise<Result> =>
    runTask<Result>(context, { worker, handler, task: { database: context.database.path, ...task } });
  context.progress({ phase: 'reading-features', done: 0, total: 1 });
  const { sport } = oneSport(context.database, championship === null ? undefined : [championship]);
  const table = await ask<FeatureTable>('loadFeatures', { set, sport });
  requireChampionship(table, championship);
  const rows = settledRows(table, championship);
  if (rows.length === 0) throw new AppError('HISTORY_TOO_SHORT', 'There is no settled match to look at.');
  const on = { table, rows };

  const information = await informationOfAll(context, on);
  const { described, missingness } = await ask<{
    described: ReturnType<typeof describeFeatures>;
    missingness: ReturnType<typeof missingnessOf>;
  }>('describe', on);
  const leading = [...table.featureNames.keys()]
    .filter((column) => information[column] !== null)
    .sort((a, b) => information[b]!.value - information[a]!.value);
  const correlation = await ask<FeatureReport['correlation']>('correlate', { ...on, columns: leading });
  context.progress({ phase: 'importance', done: 0, total: 1 });
  const { importance, stability } =
    set === 'football'
      ? await ask<{ importance: Importance | null; stability: FeatureReport['stability'] }>(
          'measureImportance',
          { ...on, family },
        )
      : { importance: null, stability: null };
  context.progress({ phase: 'importance', done: 1, total: 1 });

  const report: FeatureReport = {
    n: rows.length,
    informationRows: Math.min(rows.length, informationRows),
    draws: informationDraws,
    from: dayText(table.day[rows[0]!]!),
    until: dayText(table.day[rows.at(-1)!]!),
    features: findings(described, information, importance),
    model: importance?.model ?? null,
    shap: importance?.shap ?? null,
    stability,
    missingness,
    correlation,
  };
  putAnalysis(context.database, {
    kind: featureReportKind,
    question: canonicalQuestion(parameters),
    dataAt,
    madeAt: context.instant,
    durationMs: Math.round(performance.now() - began),
    answer: JSON.stringify(report),
  });
  return {
    features: report.features.length,
    matches: report.n,
    informative: report.features.filter((feature) => (feature.information?.adjusted ?? 1) < 0.05).length,
    measuredOn: importance?.model?.n ?? 0,
  };
}

function requireChampionship(table: FeatureTable, code: string | null): void {
  const known = table.championships.map((championship) => championship.code);
  if (code === null || known.includes(code)) return;
  throw new AppError('NOT_FOUND', `There is no championship ${code}; held: ${known.join(', ')}.`, {
    detail: { what: 'championship', name: code, known },
  });
}

/** Column by column in all threads; what an earlier attempt of the run has found is not looked for again. */
async function informationOfAll(
  context: StageContext,
  on: { readonly table: FeatureTable; readonly rows: Int32Array },
): Promise<(Information | null)[]> {
  const width = on.table.featureNames.length;
  const found = new Array<Information | null>(width).fill(null);
  const keyOf = (first: number) => `information ${first}`;
  const starts = Array.from({ length: Math.ceil(width / chunk) }, (_, at) => at * chunk);
  const open = starts.filter((first) => !context.isDone(keyOf(first)));
  const columnsOf = (first: number) =>
    Array.from({ length: Math.min(chunk, width - first) }, (_, at) => first + at);
  const keep = (first: number, values: readonly (Information | null)[]) => {
    values.forEach((value, at) => (found[first + at] = value));
  };
  for (const first of starts) {
    if (context.isDone(keyOf(first)))
      keep(first, context.resultOf(keyOf(first)) as unknown as (Information | null)[]);
  }
  let done = starts.length - open.length;
  const tell = () => {
    context.progress({ phase: 'information', done: Math.min(width, done * chunk), total: width });
  };
  tell();
  const work = context.consumer.run<number, unknown, (Information | null)[]>({
    worker,
    handler: 'measureInformation',
    items: open,
    toTask: (first) => ({ ...on, columns: columnsOf(first) }),
    signal: context.signal,
  });
  for await (const item of work) {
    if (item.status === 'cancelled') throw new AppError('CANCELLED', 'The report was cancelled.');
    if (item.status === 'failed') throw new AppError(item.error.code, item.error.message);
    context.commitItem(keyOf(item.item), item.durationMs, () => item.value as unknown as JsonValue);
    keep(item.item, item.value);
    done++;
    tell();
  }
  return found;
}

function findings(
  described: ReturnType<typeof describeFeatures>,
  information: readonly (Information | null)[],
  importance: Importance | null,
): FeatureFinding[] {
  const tested = information.flatMap((each) => (each ? [each.pValue] : []));
  const adjusted = [...falseDiscoveryAdjusted(tested)];
  const measured = new Map(importance?.features.map((feature) => [feature.name, feature]));
  return described.map((feature, column): FeatureFinding => {
    const known = information[column];
    const use = measured.get(feature.name);
    return {
      ...feature,
      information: known ? { ...known, adjusted: adjusted.shift()! } : null,
      gain: use?.gain ?? null,
      permutation: use?.permutation ?? null,
      shap: use?.shap ?? null,
    };
  });
}
