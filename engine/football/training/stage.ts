import type { ModelTable } from '../../../db/queries/football/processing.ts';
import { checksArtefact, type TrainingReport } from '../../contract/training.ts';
import type { TrainParameters } from '../../contract/stages.ts';
import type { JsonValue } from '../../contract/domain.ts';
import { AppError, toErrorRecord } from '../../contract/errors.ts';
import { removeMarginRows } from '../../kernel/evaluation/margin.ts';
import { scoreForecasts } from '../../kernel/evaluation/scores.ts';
import type { StageContext } from '../../runtime/stage.ts';
import type { TrackedRun } from '../../runtime/tracking/tracked-run.ts';
import { createTracker } from '../../runtime/tracking/tracker.ts';
import { loadModelTable, oneSport, wantedChampionships } from '../model-table.ts';
import { lateStopping } from '../processing/families/late-stopping.ts';
import { hashRows, targetOf } from '../processing/rows.ts';
import { createTunedFamily } from '../tuning/families.ts';
import { planTuning, type TuningFold } from '../tuning/folds.ts';
import { createCurve, newPoints } from './curve.ts';
import type { TrainedFold } from './fold.ts';
import { judgeTraining } from './judge.ts';

const worker = new URL('../../workers/training.ts', import.meta.url);

const flushEveryMs = 300;

/** What is kept of a fold, so that a resumed run goes on behind it. */
interface KeptFold {
  readonly probabilities: readonly number[];
  readonly present: readonly number[];
  readonly checks: TrainedFold['checks'];
}

/**
 * Trains a family with the analyst's parameters, season by season on earlier days only, and scores it beside the family as it
 * is. Rounds arrive in the experiment while they are trained. Nothing is put to use: a study's winner can be.
 */
export async function trainOnce(context: StageContext, parameters: TrainParameters): Promise<TrainingReport> {
  const { family, championship, seasons, seed } = parameters;
  const asked = championship === null ? undefined : [championship];
  const { sport } = oneSport(context.database, asked);
  const loaded = await loadModelTable(context, sport);
  const { table } = loaded;
  const at = asked ? wantedChampionships(table, asked)[0] : undefined;
  const { folds } = planTuning(table, {
    championship: at,
    seasons,
    minimumRows: lateStopping.minimumRows,
  });
  const last = folds.at(-1)!;
  const rows = Int32Array.from([...last.train, ...last.test]);
  const run = createTracker(context.database, { now: () => Date.now() }).startRun({
    experiment: 'training',
    name: parameters.name ?? `${family} ${championship ?? 'pooled'}, run ${context.runId}`,
    runId: context.runId,
    family,
    championshipId: at === undefined ? null : table.championships[at]!.id,
    parameters: { ...createTunedFamily(family, {}).parameters, ...parameters.parameters },
    dataHash: hashRows(table, rows, JSON.stringify({ parameters, names: table.featureNames })),
    seed,
    tags: { seasons: folds.map(({ name }) => name).join(', ') },
  });
  try {
    const trained = await trainFolds(context, { table, folds, parameters, run });
    const closing = removeMarginRows(loaded.closing.prices);
    const scored = judgeTraining(table, folds, { trained, closing });
    const checks = trained.at(-1)!.checks;
    const count = (status: string) => checks.filter((check) => check.status === status).length;
    run.logArtefact({ name: checksArtefact, kind: 'checks', content: JSON.stringify(checks) });
    run.logMetrics(figuresOf(scored));
    run.end('done');
    return {
      experimentRun: run.id,
      family,
      championship,
      ...scored,
      checks: { failed: count('fail'), warned: count('warn') },
    };
  } catch (error) {
    if (context.signal.aborted) run.end('cancelled');
    else run.end('failed', toErrorRecord(error));
    throw error;
  }
}

async function trainFolds(
  context: StageContext,
  options: {
    readonly table: ModelTable;
    readonly folds: readonly TuningFold[];
    readonly parameters: TrainParameters;
    readonly run: TrackedRun;
  },
): Promise<TrainedFold[]> {
  const { table, folds, parameters, run } = options;
  const trained = new Map<TuningFold, TrainedFold>();
  for (const fold of folds) {
    if (!context.isDone(fold.name)) continue;
    const kept = context.resultOf(fold.name) as unknown as KeptFold;
    trained.set(fold, {
      probabilities: Float64Array.from(kept.probabilities),
      present: Float64Array.from(kept.present),
      checks: kept.checks,
    });
  }
  const open = folds.filter((fold) => !trained.has(fold));
  const curves = open.map(() => createCurve());
  const seen = open.map(() => 0);
  let flushedAt = 0;
  const follow = (index: number) => {
    const news = newPoints(curves[index]!, { fold: open[index]!.name, seen: seen[index]! });
    seen[index] = news.seen;
    if (news.points.length === 0) return;
    run.logMetrics(news.points);
    // Somebody watches the curves: the points go in at once, but not more than a few times a second.
    if (performance.now() - flushedAt < flushEveryMs) return;
    run.flush();
    flushedAt = performance.now();
  };
  const tell = () => context.progress({ phase: 'folds', done: trained.size, total: folds.length });
  tell();
  const work = context.consumer.run<TuningFold, unknown, TrainedFold>({
    worker,
    handler: 'trainFold',
    items: open,
    order: 'completion',
    toTask: (fold) => ({
      table,
      fold,
      family: parameters.family,
      parameters: parameters.parameters,
      seed: parameters.seed,
      withChecks: fold === folds.at(-1),
      curve: curves[open.indexOf(fold)],
    }),
    signal: context.signal,
    onProgress: ({ index }) => {
      follow(index);
    },
  });
  for await (const item of work) {
    if (item.status === 'cancelled') throw new AppError('CANCELLED', 'The training was cancelled.');
    if (item.status === 'failed')
      throw new AppError(item.error.code, item.error.message, { detail: item.error.detail });
    follow(item.index);
    const { probabilities, present, checks } = item.value;
    context.commitItem(item.item.name, item.durationMs, () => {
      const kept: KeptFold = { probabilities: [...probabilities], present: [...present], checks };
      return kept as unknown as JsonValue;
    });
    const { logLoss } = scoreForecasts(probabilities, targetOf(table, item.item.test));
    run.logMetric('foldLogLoss', logLoss, folds.indexOf(item.item));
    trained.set(item.item, item.value);
    tell();
  }
  return folds.map((fold) => trained.get(fold)!);
}

function figuresOf(report: Omit<TrainingReport, 'experimentRun' | 'family' | 'championship' | 'checks'>) {
  const { logLoss, rps, brier, accuracy, difference, matches } = report;
  const named = { logLoss, rps, brier, accuracy, differenceToPresent: difference };
  return [
    ...Object.entries(named).flatMap(([name, { value, low, high }]) => [
      { name, step: 0, value: value ?? Number.NaN },
      { name: `${name}.low`, step: 0, value: low ?? Number.NaN },
      { name: `${name}.high`, step: 0, value: high ?? Number.NaN },
    ]),
    { name: 'matches', step: 0, value: matches },
  ];
}
