import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../contract/errors.ts';
import { release } from '../../contract/work.ts';
import type { CalculationParameters } from '../../contract/stages.ts';
import type { StageContext } from '../../runtime/stage.ts';
import {
  championshipsDue,
  championshipsWithMatches,
  findIncompleteMatches,
} from '../../../db/queries/football/calculation.ts';
import type { ChampionshipKey } from '../../../db/queries/football/calculation.ts';
import { createCalculationWriter, ensureFeatureSet } from '../../../db/storage/football/calculation.ts';
import type { CalculationWriter } from '../../../db/storage/football/calculation.ts';
import type { ChampionshipRows } from './championship.ts';
import { featureSets, footballFeatures } from './registry.ts';
import { tableColumns } from './tables.ts';

/** `--scope today` covers the championships that play within so many days, today included. */
const dueDays = 7;

/** What a worker is asked: one championship in every set of features. */
export interface CalculationTask {
  /** Path of the database, which the worker opens for reading. */
  readonly database: string;
  readonly championshipId: number;
  /** In the order of the registry's sets. */
  readonly featureSetIds: readonly number[];
}

export type CalculationReport = {
  readonly featureSet: string;
  readonly championships: number;
  readonly matches: number;
  /** Matches with a row that was new or differed; the others were left as they are. */
  readonly written: number;
  readonly failed: number;
  /** Matches to be played within a week that lack features or standings. */
  readonly incomplete: number;
};

/**
 * Matches to standings and features: one item a season, one worker task a championship. Always over the full history,
 * so that a row never depends on what was calculated before; only rows that changed are written.
 *
 * @throws AppError `NOT_FOUND` for an unknown championship, `CANCELLED`
 */
export async function calculation(
  context: StageContext,
  parameters: CalculationParameters,
): Promise<CalculationReport> {
  const { database, today } = context;
  const chosen = chooseChampionships(context, parameters);
  const featureSetIds = featureSets.map((set) => ensureFeatureSet(database, set));
  const writers = featureSetIds.map((featureSetId) =>
    createCalculationWriter(database, { featureSetId, lineColumns: tableColumns }),
  );
  const total = { matches: 0, written: 0, failed: 0 };
  let finished = 0;
  context.progress({ phase: 'calculation', done: 0, total: chosen.length });

  const results = context.consumer.run<ChampionshipKey, CalculationTask, ChampionshipRows>({
    worker: new URL('../../workers/calculation.ts', import.meta.url),
    handler: 'calculateChampionship',
    items: chosen,
    toTask: ({ id }) => ({ database: database.path, championshipId: id, featureSetIds }),
    signal: context.signal,
  });
  for await (const result of results) {
    if (result.status === 'cancelled') break;
    if (result.status === 'failed') {
      context.failItem(result.item.code, result.durationMs, result.error);
      total.failed++;
    } else {
      const counts = await writeSeasons(context, writers, {
        code: result.item.code,
        rows: result.value,
        durationMs: result.durationMs,
      });
      total.matches += counts.matches;
      total.written += counts.written;
      release(result.value);
    }
    context.progress({ phase: 'calculation', done: ++finished, total: chosen.length });
  }
  if (context.signal.aborted) throw new AppError('CANCELLED', 'The calculation was cancelled.');

  const incomplete = findIncompleteMatches(database, {
    today,
    days: dueDays,
    featureSetId: featureSetIds[featureSets.indexOf(footballFeatures)]!,
    championshipIds: new Set(chosen.map(({ id }) => id)),
  });
  for (const match of incomplete) {
    const { championship, day, home, away } = match;
    const what = match.hasFeatures ? 'lines of the table' : 'features';
    context.log('error', `${championship} ${day} ${home} - ${away} has no ${what}.`, {
      code: match.hasFeatures ? 'STANDINGS_MISSING' : 'FEATURES_MISSING',
      detail: { matchId: match.matchId, championship, day, home, away },
    });
  }
  return {
    featureSet: footballFeatures.hash,
    championships: chosen.length,
    ...total,
    incomplete: incomplete.length,
  };
}

function chooseChampionships(context: StageContext, parameters: CalculationParameters): ChampionshipKey[] {
  const { database, today } = context;
  const all = championshipsWithMatches(database);
  const unknown = parameters.championships?.filter((code) => !all.some((one) => one.code === code)) ?? [];
  if (unknown.length > 0) {
    const known = all.map(({ code }) => code);
    throw new AppError(
      'NOT_FOUND',
      `No matches are held of ${unknown.join(', ')}; held: ${known.join(', ')}.`,
      {
        detail: { wanted: unknown, known },
      },
    );
  }
  const wanted = all.filter(({ code }) => parameters.championships?.includes(code) ?? true);
  if (parameters.scope === 'all-time') return wanted;
  const due = championshipsDue(database, today, dueDays);
  return wanted.filter(({ id }) => due.has(id));
}

interface ChampionshipWrite {
  readonly code: string;
  readonly rows: ChampionshipRows;
  readonly durationMs: number;
}

/** One transaction a season, each a few tens of milliseconds at most, with room for other calls between them. */
async function writeSeasons(
  context: StageContext,
  writers: readonly CalculationWriter[],
  { code, rows, durationMs }: ChampionshipWrite,
): Promise<{ matches: number; written: number }> {
  let matches = 0;
  let written = 0;
  for (const part of rows.parts) {
    const key = `${code} ${part.season}`;
    const counts = { matches: part.matches, written: part.written };
    matches += counts.matches;
    if (context.isDone(key) && counts.written === 0) {
      // Written by an earlier attempt of this run: its report counts, so that both attempts report as one would.
      written += (context.resultOf(key) as typeof counts | undefined)?.written ?? 0;
      continue;
    }
    written += counts.written;
    context.commitItem(key, durationMs / rows.parts.length, () => {
      part.sets.forEach(({ from, until }, set) => {
        writers[set]!.write(rows.changed[set]!, from, until);
      });
      return counts;
    });
    await setImmediate();
    if (context.signal.aborted) break;
  }
  return { matches, written };
}
