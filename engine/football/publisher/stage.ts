import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  cardFormat,
  documentFormatsIn,
  messageFormats,
  usualFormats,
} from '../../contract/document-formats.ts';
import { languages, type Day, type Language } from '../../contract/domain.ts';
import { AppError } from '../../contract/errors.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import type { OddsFormat } from '../../contract/odds-format.ts';
import type { PublisherParameters, ReportKind } from '../../contract/stages.ts';
import type { Database } from '../../../db/client.ts';
import { readDocuments, readFirstDay, readSettledForecasts } from '../../../db/queries/football/publisher.ts';
import type { DocumentRow } from '../../../db/queries/football/publisher.ts';
import { readSettledTypes } from '../../../db/queries/football/publisher-types.ts';
import { listChannels } from '../../../db/queries/outbox.ts';
import { saveDocument } from '../../../db/storage/football/publisher.ts';
import { mediaTypeOf } from '../../documents/registry.ts';
import { removeLeftovers, safeJoin, writeFileAtomic } from '../../runtime/files.ts';
import { runTask } from '../../runtime/run-task.ts';
import { openSettings } from '../../runtime/settings.ts';
import type { StageContext } from '../../runtime/stage.ts';
import { dayIndex, documentsIndex } from './day-index.ts';
import { forecastType } from './labels.ts';
import type { MatchFailure } from './matches.ts';
import { planDays } from './plan.ts';
import type { PlannedDay } from './plan.ts';
import { createRunningRecord } from './record.ts';
import { createTypeRecord } from './type-record.ts';
import type { RenderTask, RenderedDay, RenderedFile } from './render.ts';
import type { ReportTask } from './reports/render.ts';

export type PublisherReport = {
  /** Days and kinds that were made. */
  readonly days: number;
  readonly files: number;
  /** Files that were new or differed; the others were left as they are. */
  readonly written: number;
  readonly failed: number;
  /** Files of reports. */
  readonly reports: number;
  /** Due matches without forecast by code. */
  readonly missing: Readonly<Record<string, number>>;
};

/**
 * Forecasts and results to documents: `forecast/YYYY-MM-DD/<variant>.<language>.<format>` and the same under `outcome/`,
 * with an `index.html` in every folder. One item a kind and day. A file whose content is the same is not written again.
 * The folder stands beside the database.
 *
 * @throws AppError `NOT_FOUND` for an unknown championship, `CONFIGURATION_INVALID` for an unknown format, `CANCELLED`
 */
export async function publisher(
  context: StageContext,
  parameters: PublisherParameters,
): Promise<PublisherReport> {
  const { database } = context;
  const folder = join(dirname(database.path), 'documents');
  await removeLeftovers(folder);
  const look = lookOf(context, parameters);
  // Refuses an unknown one before anything is written.
  look.formats.forEach((format) => mediaTypeOf(format));
  const plan = planDays(database, parameters, context.today);
  const items = plan.days.filter((item) => !context.isDone(keyOf(item)));
  const published = new Map(readDocuments(database).map((row) => [row.path, row]));
  const failures = new Map<number, MatchFailure>();
  const total = { files: 0, written: 0, failed: 0 };
  let finished = plan.days.length - items.length;
  const progress = (): void => {
    context.progress({ phase: 'publisher', done: finished, total: plan.days.length });
  };
  progress();

  const { championshipIds } = plan;
  const toTask = await taskMaker(context, { items, championshipIds, look });
  for await (const result of context.consumer.run<PlannedDay, RunTask, RenderedDay>({
    worker: new URL('../../workers/publisher.ts', import.meta.url),
    handler: 'renderDocuments',
    items,
    toTask,
    signal: context.signal,
  })) {
    if (result.status === 'cancelled') break;
    const key = keyOf(result.item);
    if (result.status === 'failed') {
      context.failItem(key, result.durationMs, result.error);
      total.failed++;
    } else {
      const written = await writeDay(result.item, result.value.files, { folder, published });
      context.commitItem(key, result.durationMs, () => {
        for (const row of written) saveDocument(database, row, context.instant);
        return { files: result.value.files.length, written: written.length };
      });
      logFailures(context, result.value.failures, failures);
      total.files += result.value.files.length;
      total.written += written.length;
    }
    finished++;
    progress();
  }
  if (context.signal.aborted) throw new AppError('CANCELLED', 'Publishing was cancelled.');
  const reports = parameters.reports
    ? await writeReports(context, { ...look, kinds: parameters.reports }, { folder, published })
    : 0;
  if (published.size > 0)
    await writeIfDifferent(safeJoin(folder, 'index.html'), documentsIndex([...published.values()]));
  return { days: items.length, ...total, reports, missing: countByCode([...failures.values()]) };
}

/** The reports of the day, each in a folder of its kind; answers how many files there are. */
async function writeReports(
  context: StageContext,
  look: DocumentLook & { readonly kinds: readonly ReportKind[] },
  place: DocumentPlace,
): Promise<number> {
  const { database, today, instant } = context;
  const started = performance.now();
  const { kinds, languages: wanted, formats, oddsFormat } = look;
  const files = await runTask<(RenderedFile & { readonly kind: ReportKind })[]>(context, {
    worker: new URL('../../workers/publisher.ts', import.meta.url),
    handler: 'writeReports',
    task: {
      database: database.path,
      ...{ kinds, day: today, languages: wanted, formats, oddsFormat },
      zone: look.zone ?? openSettings(database, { now: () => instant }).get('zone'),
    } satisfies ReportTask,
  });
  for (const kind of kinds) {
    const own = files.filter((file) => file.kind === kind);
    // Only an evaluation may be missing: it is made by a run of its own.
    if (own.length === 0) {
      context.log(
        'warn',
        'There is no evaluation with details yet to report: run `evaluate` with details first.',
      );
      continue;
    }
    const written = await writeDay({ kind, day: today }, own, place);
    if (context.isDone(`${kind}/${today}`)) continue;
    context.commitItem(`${kind}/${today}`, performance.now() - started, () => {
      for (const row of written) saveDocument(database, row, instant);
      return { files: own.length, written: written.length };
    });
  }
  return files.length;
}

/** In which languages, formats, prices and zone documents are written: as asked for, else as the settings say. */
interface DocumentLook {
  readonly languages: readonly Language[];
  readonly formats: readonly string[];
  readonly oddsFormat: OddsFormat;
  /** Undefined: each championship's own. */
  readonly zone: string | undefined;
}

function lookOf({ database, instant }: StageContext, parameters: PublisherParameters): DocumentLook {
  const settings = openSettings(database, { now: () => instant });
  const set = settings.get('documents.languages');
  const zone = settings.get('documents.zone');
  return {
    languages: parameters.languages ?? (set === 'both' ? languages : [set]),
    formats: parameters.formats ?? formatsOf(database, settings.get('documents.formats')),
    oddsFormat: parameters.odds ?? settings.get('odds.format'),
    zone: parameters.zone ?? (zone === '' ? undefined : zone),
  };
}

/** Those of the settings and, where there is any channel, what a message is made of. */
function formatsOf(database: Database, set: string): readonly string[] {
  const own = documentFormatsIn(set) ?? usualFormats;
  if (listChannels(database).length === 0) return own;
  return [...new Set([...own, ...messageFormats, cardFormat])];
}

/** Where documents lie, and what is known to lie there. */
interface DocumentPlace {
  readonly folder: string;
  readonly published: Map<string, DocumentRow>;
}

/** A day of a run: what its thread has read for one day serves the run's others. */
type RunTask = RenderTask & { readonly run: number };

const keyOf = ({ kind, day }: PlannedDay): string => `${kind}/${day}`;

/**
 * Items are asked for in the order of their days, so that one walk through the past serves all of them. The past is
 * read a year at a time: between the pieces the engine answers its callers.
 */
async function taskMaker(
  { database, today, runId }: StageContext,
  options: {
    readonly items: readonly PlannedDay[];
    readonly championshipIds: readonly number[];
    readonly look: DocumentLook;
  },
): Promise<(item: PlannedDay) => RunTask> {
  const { items, championshipIds, look } = options;
  const first = items[0]?.day ?? today;
  const before = items.at(-1)?.day ?? today;
  const record = createRunningRecord();
  const typeRecord = createTypeRecord();
  for (let from = readFirstDay(database) ?? before; from < before;) {
    const nextYear = `${Number(from.slice(0, 4)) + 1}-01-01`;
    const until = nextYear < before ? nextYear : before;
    const span = { from, before: until, forecastType };
    record.add(readSettledForecasts(database, span));
    typeRecord.add(readSettledTypes(database, span));
    if (until <= first) {
      record.before(until);
      typeRecord.before(until);
    }
    from = until;
    await setImmediate();
  }
  return ({ kind, day }) => ({
    database: database.path,
    run: runId,
    kind,
    day,
    championshipIds,
    records: record.before(day),
    typeRecords: typeRecord.before(day),
    ...look,
  });
}

/** Writes what differs and answers its rows. `published` is kept up to date. */
async function writeDay(
  { kind, day }: { readonly kind: DocumentRow['kind']; readonly day: Day },
  files: readonly RenderedFile[],
  { folder, published }: DocumentPlace,
): Promise<DocumentRow[]> {
  const writes = files.map(async ({ variant, language, format, content, sha256 }) => {
    const path = `${kind}/${day}/${variant}.${language}.${format}`;
    const absolute = safeJoin(folder, path);
    if (published.get(path)?.sha256 === sha256 && existsSync(absolute)) return [];
    await writeFileAtomic(absolute, content);
    const row: DocumentRow = { kind, day, variant, language, format, path, sha256 };
    return [row];
  });
  const rows = (await Promise.all(writes)).flat();
  for (const row of rows) published.set(row.path, row);
  const index = dayIndex(kind, day, [...published.values()]);
  await writeIfDifferent(safeJoin(folder, kind, day, 'index.html'), index);
  return rows;
}

async function writeIfDifferent(path: string, text: string): Promise<void> {
  const held = existsSync(path) ? await readFile(path, 'utf8') : undefined;
  if (held !== text) await writeFileAtomic(path, text);
}

/** Once per match, though it is missing from the forecast and from the result document. */
function logFailures(
  context: StageContext,
  found: readonly MatchFailure[],
  known: Map<number, MatchFailure>,
): void {
  for (const failure of found) {
    if (known.has(failure.matchId)) continue;
    known.set(failure.matchId, failure);
    const { day, home, away, championshipCode, stage, code, matchId } = failure;
    context.log(
      'error',
      `${championshipCode} ${day} ${home} - ${away} has no forecast: the stage ${stage} lacks its data.`,
      {
        code,
        detail: { matchId, championship: championshipCode, day, home, away, stage },
      },
    );
  }
}

function countByCode(failures: readonly MatchFailure[]): Record<string, number> {
  const counts = new Map<ErrorCode, number>();
  for (const { code } of failures) counts.set(code, (counts.get(code) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
