import type { ModelTable } from '../../../db/queries/football/processing.ts';
import type { TuneParameters } from '../../contract/stages.ts';
import type { TuningReport } from '../../contract/tuning.ts';
import { AppError } from '../../contract/errors.ts';
import { runStudy, type Objective } from '../../kernel/modeling/tuning/run-study.ts';
import type { Study } from '../../kernel/modeling/tuning/study.ts';
import type { TrialParameters } from '../../kernel/modeling/tuning/space.ts';
import type { StageContext } from '../../runtime/stage.ts';
import { runTask } from '../../runtime/run-task.ts';
import { loadModelTable, oneSport, wantedChampionships } from '../model-table.ts';
import { lateStopping } from '../processing/families/late-stopping.ts';
import type { FittedModel } from '../processing/models.ts';
import { hashRows } from '../processing/rows.ts';
import { spaceOf } from './families.ts';
import { planTuning, type TuningFold, type TuningPlan } from './folds.ts';
import { reportStudy } from './report.ts';
import { openStudy, type StudyRecord } from './study-record.ts';

const worker = new URL('../../workers/tuning.ts', import.meta.url);

/** Seed of the models, the same in every trial, so that trials differ by their parameters alone. */
const modelSeed = 20_050_805;

/**
 * Searches a family's parameters: walk-forward log loss, season by season, on the seasons before the last. Trials run in
 * parallel and end early where they are hopeless; every finished fold is kept, so that a run that was killed goes on
 * where it was and ends like an unbroken one. Nothing is put to use: the report says what was found.
 */
export async function tune(context: StageContext, parameters: TuneParameters): Promise<TuningReport> {
  const asked = parameters.championship === undefined ? undefined : [parameters.championship];
  const { sport } = oneSport(context.database, asked);
  const { table } = await loadModelTable(context, sport);
  const [championship] = asked ? wantedChampionships(table, asked) : [];
  const plan = planTuning(table, {
    championship,
    seasons: parameters.seasons,
    minimumRows: lateStopping.minimumRows,
  });
  const record = openStudy(context, identify(context, { parameters, table, plan, championship }));
  const scorer = createScorer(context, { table, plan, parameters, record });
  try {
    await scorer.prepare();
    const present = await Promise.all(plan.folds.map((_, at) => scorer.loss('present', at, {})));
    const study = await runStudy(record.study, scorer.objective, {
      signal: context.signal,
      save: (next) => {
        record.save(next);
        showProgress(context, next);
      },
    });
    const report = reportStudy(study, { id: record.id, plan, parameters, present });
    record.end('done');
    return report;
  } catch (error) {
    const isCancelled = context.signal.aborted || (error instanceof AppError && error.code === 'CANCELLED');
    record.end(isCancelled ? 'cancelled' : 'failed');
    throw error;
  }
}

function identify(
  { runId }: StageContext,
  options: {
    readonly parameters: TuneParameters;
    readonly table: ModelTable;
    readonly plan: TuningPlan;
    readonly championship: number | undefined;
  },
) {
  const { parameters, table, plan, championship } = options;
  const { family, trials, parallel, seed } = parameters;
  const { preset, space } = spaceOf(family, parameters.preset);
  const place = parameters.championship ?? 'pooled';
  const folds = plan.folds.map(({ name }) => name);
  const last = plan.folds.at(-1)!;
  const rows = Int32Array.from([...last.train, ...last.test]);
  return {
    spec: {
      name: `${family} ${place}, run ${runId}`,
      space,
      sampler: { name: parameters.sampler },
      pruner: { name: parameters.pruner },
      seed,
      maximumTrials: trials,
      parallel,
      steps: plan.folds.length,
    },
    experiment: `tune ${family} ${place}`,
    family,
    championshipId: championship === undefined ? null : table.championships[championship]!.id,
    dataHash: hashRows(table, rows, JSON.stringify({ family, preset, folds, names: table.featureNames })),
    notes: { preset, folds, sealed: plan.sealed },
  };
}

/** Fits and scores in worker threads; what was scored before is remembered by its key. */
function createScorer(
  context: StageContext,
  options: {
    readonly table: ModelTable;
    readonly plan: TuningPlan;
    readonly parameters: TuneParameters;
    readonly record: StudyRecord;
  },
) {
  const { table, plan, parameters, record } = options;
  const start = new Map<TuningFold, readonly FittedModel[]>();

  async function prepare(): Promise<void> {
    const { folds } = plan;
    let done = 0;
    const tell = () => context.progress({ phase: 'tuning-start', done, total: folds.length });
    tell();
    await Promise.all(
      folds.map(async (fold) => {
        const task = { table, fold, seed: modelSeed };
        start.set(fold, await runTask(context, { worker, handler: 'prepareFold', task }));
        done++;
        tell();
      }),
    );
  }

  async function loss(trial: number | 'present', at: number, tried: TrialParameters): Promise<number> {
    const fold = plan.folds[at]!;
    const key = `${trial === 'present' ? trial : `trial ${trial}`}, ${fold.name}`;
    // What is no number is null in JSON.
    if (context.isDone(key)) return (context.resultOf(key) as number | null | undefined) ?? NaN;
    const began = performance.now();
    const { family } = parameters;
    const task = { table, fold, seed: modelSeed, family, parameters: tried, start: start.get(fold)! };
    const value = await runTask<number>(context, { worker, handler: 'scoreFold', task });
    context.commitItem(key, performance.now() - began, () => {
      if (trial !== 'present') record.saveStep(trial, at, value);
      return value;
    });
    return value;
  }

  const objective: Objective = async (tried, { number, step }) => {
    for (const at of plan.folds.keys()) step(await loss(number, at, tried));
  };
  return { prepare, loss, objective };
}

function showProgress(context: StageContext, { trials, maximumTrials }: Study): void {
  const done = trials.filter(({ state }) => state !== 'running').length;
  context.progress({ phase: 'trials', done, total: maximumTrials });
}
