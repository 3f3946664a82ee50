import type { ModelTable } from '../../../db/queries/football/processing.ts';
import type { EvaluationReport } from '../../contract/evaluation.ts';
import { AppError, fromErrorRecord } from '../../contract/errors.ts';
import type { EvaluateParameters } from '../../contract/stages.ts';
import { dayNumber } from '../../contract/zones.ts';
import { runTask } from '../../runtime/run-task.ts';
import { openSettings } from '../../runtime/settings.ts';
import type { StageContext } from '../../runtime/stage.ts';
import { loadModelTable, oneSport, wantedChampionships } from '../model-table.ts';
import { createProbabilityTable, pool, trainChampionships } from '../processing/train-all.ts';
import {
  readBetTakers,
  readChampionshipNames,
  readLiveForecasts,
} from '../../../db/queries/football/evaluation.ts';
import { firstYearOf } from './evaluation.ts';
import type { EvaluationInput } from './judged.ts';

/** Seasons that warm the ratings and the first windows up before the first one that is scored by default. */
const warmUpSeasons = 3;

/**
 * Walk-forward over everything held: forecasts every season by models that saw earlier days only (those of `processing`
 * where they are there), and scores them beside the base rate and the market. Writes nothing but the run.
 */
export async function evaluate(
  context: StageContext,
  parameters: EvaluateParameters,
): Promise<EvaluationReport> {
  const part = oneSport(context.database, parameters.championships);
  const loaded = await loadModelTable(context, part.sport);
  const { table } = loaded;
  const championships = wantedChampionships(table, part.championships);
  const settings = openSettings(context.database, { now: () => context.instant });
  const period = periodOf(table, championships, parameters);
  // The windows and rules of the championships asked for rest on all that are held.
  const everyone = wantedChampionships(table, undefined);
  const all = createProbabilityTable(table.rows);
  for await (const outcome of trainChampionships(context, loaded, everyone)) {
    if ('error' in outcome) throw fromErrorRecord(outcome.error);
    outcome.result.predictions.forEach(all.add);
  }
  const pooled = await pool(context, table, all.families);
  if (pooled) all.add(pooled.predictions);
  const task: EvaluationInput & { readonly database: string } = {
    database: context.database.path,
    table,
    families: all.families,
    preMatch: loaded.preMatch,
    closing: loaded.closing,
    championships,
    ...period,
    today: dayNumber(context.today),
    target: settings.get('selection.target'),
    delta: settings.get('selection.delta'),
    ...(parameters.details
      ? {
          details: {
            live: readLiveForecasts(context.database, table),
            takers: readBetTakers(context.database),
            names: readChampionshipNames(context.database),
          },
        }
      : {}),
  };
  return runTask<EvaluationReport>(context, {
    worker: new URL('../../workers/evaluation.ts', import.meta.url),
    handler: 'evaluateAll',
    task,
    onProgress: ({ done: scored, total }) => {
      context.progress({ phase: 'scoring', done: scored, total });
    },
  });
}

function periodOf(
  table: ModelTable,
  championships: readonly number[],
  parameters: EvaluateParameters,
): Pick<EvaluationInput, 'from' | 'to' | 'fromYear' | 'toYear'> {
  const codes = new Map<number, string>();
  for (let row = 0; row < table.rows; row++) {
    if (!championships.includes(table.championship[row]!)) continue;
    const year = table.firstYear[row]!;
    const code = table.seasonCodes[table.season[row]!]!;
    // Of two championships' names for one year the longer one says more: 2023/24 rather than 2023.
    if ((codes.get(year)?.length ?? 0) < code.length) codes.set(year, code);
  }
  const years = [...codes.keys()].sort((a, b) => a - b);
  const first = years[Math.min(warmUpSeasons, years.length - 1)]!;
  const fromYear = parameters.from ? firstYearOf(parameters.from) : first;
  const toYear = parameters.to ? firstYearOf(parameters.to) : years.at(-1)!;
  if (fromYear > toYear) {
    throw new AppError('USAGE', `expected a first season not after the last, got ${fromYear} and ${toYear}`);
  }
  return {
    fromYear,
    toYear,
    from: parameters.from ?? codes.get(fromYear)!,
    to: parameters.to ?? codes.get(toYear)!,
  };
}
