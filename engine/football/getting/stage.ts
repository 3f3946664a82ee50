import { setImmediate } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { readSourceFile as readKnownFile } from '../../../db/queries/football/getting.ts';
import type { KnownFile } from '../../../db/queries/football/getting.ts';
import { recordChanges, updateChangeSet } from '../../../db/storage/change-sets.ts';
import { storeSourceFile, storeUnresolved } from '../../../db/storage/football/getting.ts';
import type { JsonValue } from '../../contract/domain.ts';
import { AppError, fromErrorRecord, toErrorRecord } from '../../contract/errors.ts';
import type { ErrorRecord } from '../../contract/errors.ts';
import type { GettingParameters } from '../../contract/stages.ts';
import { release } from '../../contract/work.ts';
import { dayAt, startOfDay } from '../../contract/zones.ts';
import type { Fetcher } from '../../ports/index.ts';
import type { ItemResult } from '../../runtime/consumer.ts';
import type { Stage, StageContext } from '../../runtime/stage.ts';
import { championshipOf } from './championships.ts';
import { gather } from './gathering.ts';
import type { Gathered } from './gathering.ts';
import { findOrigin, readMappingFile } from './origin.ts';
import type { ParseResult, ParseTask } from './reading.ts';
import { addReport, createTotals, emptyReport, toJson } from './report.ts';
import type { FileReport } from './report.ts';
import type { ListRequest, Source, SourceItem } from './source.ts';
import { findSource } from './sources/index.ts';
import { UnresolvedTeamsError, writeFile } from './writing.ts';

/**
 * Fetches what a source has and brings the database up to date: files are fetched politely on this thread or read by the
 * workers, parsed by the workers, and written here in the order of the source's list, one transaction a file.
 *
 * @returns totals, and the report or error of every file
 */
export function createGetting(ports: { fetcher: Fetcher }): Stage<GettingParameters> {
  return async (context, parameters) => {
    const { changeSet } = parameters;
    if (changeSet === undefined) return runGetting(context, parameters, ports.fetcher);
    using _recording = recordChanges(context.database, changeSet);
    const result = await runGetting(context, parameters, ports.fetcher);
    updateChangeSet(context.database, changeSet, { state: 'done' });
    return result;
  };
}

interface Job {
  readonly source: Source;
  /** Under which name matches, aliases and files are kept. */
  readonly storedName: string;
  readonly request: ListRequest;
  /** Changes with everything that makes the same bytes mean something else. */
  readonly readingVersion: number;
  readonly gathered: Map<SourceItem, Gathered>;
}

async function runGetting(
  context: StageContext,
  parameters: GettingParameters,
  fetcher: Fetcher,
): Promise<JsonValue> {
  const source = findSource(parameters.source);
  const mapping = await readMappingFile(parameters.mapping);
  const wanted = parameters.championships?.map((code) => championshipOf(code).code);
  const request: ListRequest = {
    origin: await findOrigin(source, parameters.from),
    scope: parameters.scope,
    today: context.today,
    championships: wanted && new Set(wanted),
    mapping,
    signal: context.signal,
  };
  const items = await source.list(request);
  if (items.length === 0) {
    throw new AppError('SOURCE_NOT_FOUND', `The source ${source.name} has no file that suits the request.`, {
      detail: { source: source.name, from: parameters.from ?? '' },
    });
  }
  const recipe = crc32(JSON.stringify([mapping ?? null, wanted?.toSorted() ?? null]));
  const job: Job = {
    source,
    storedName: source.storedName?.(mapping) ?? source.name,
    request,
    readingVersion: source.parserVersion * 2 ** 32 + recipe,
    gathered: new Map(),
  };
  const totals = createTotals();
  const files: JsonValue[] = [];
  const errors: ErrorRecord[] = [];
  // What an earlier attempt of this run finished counts as if it were done now.
  const open = items.filter(({ key }) => !context.isDone(key));
  for (const item of items) {
    if (open.includes(item)) continue;
    const report = context.resultOf(item.key) as unknown as FileReport;
    addReport(totals, report);
    files.push({ file: item.key, report: toJson(report) });
  }
  const results = context.consumer.run<SourceItem, ParseTask, ParseResult>({
    worker: new URL('../../workers/getting.ts', import.meta.url),
    handler: 'parseFile',
    items: open,
    toTask: async (item) => {
      const known = parameters.force ? undefined : knownFile(context, job, item);
      const gathered = await gather(item, { source, request, fetcher, known });
      job.gathered.set(item, gathered);
      return {
        source: source.name,
        content: gathered.content,
        meta: metaOf(context, job, item),
        knownHash: known?.sha256,
      };
    },
    signal: context.signal,
  });
  let done = items.length - open.length;
  for await (const result of results) {
    const outcome = store(context, job, result);
    if (outcome === 'cancelled') throw new AppError('CANCELLED', 'Getting was cancelled.');
    if ('error' in outcome) {
      totals.files.failed++;
      errors.push(outcome.error);
    } else {
      addReport(totals, outcome.report);
      tell(context, result.item, outcome.report);
    }
    files.push({
      file: result.item.key,
      ...('error' in outcome ? { error: toJson(outcome.error) } : { report: toJson(outcome.report) }),
    });
    job.gathered.delete(result.item);
    if (result.status === 'done') release(result.value);
    context.progress({ phase: 'reading', done: ++done, total: items.length });
    // Many results may be waiting: calls to the engine are answered in between.
    await setImmediate();
  }
  if (errors.length > 0 && errors.length === done) throw allFailed(errors);
  await source.afterwards?.(context);
  return { source: source.name, totals: toJson(totals), files };
}

/** The one error of one file, else one that says that all failed, and of which kind most were. */
function allFailed(errors: readonly ErrorRecord[]): AppError {
  const [first] = errors as [ErrorRecord];
  if (errors.length === 1) return fromErrorRecord(first);
  const code = errors.every((error) => error.code === first.code) ? first.code : 'SOURCE_UNREACHABLE';
  const message = `None of the ${errors.length} files could be read; the first: ${first.message}`;
  return new AppError(code, message, { detail: { files: errors.length } });
}

function knownFile(context: StageContext, job: Job, item: SourceItem): KnownFile | undefined {
  const known = readKnownFile(context.database, job.storedName, item.address);
  return known?.parserVersion === job.readingVersion ? known : undefined;
}

function metaOf({ instant, today }: StageContext, { request }: Job, item: SourceItem): ParseTask['meta'] {
  // A day that is only taken as today moves the present to its beginning; what really is past stays past.
  const isPresent =
    Math.abs(startOfDay(today, 'UTC') - startOfDay(dayAt(instant, 'UTC'), 'UTC')) <= 86_400_000;
  const seenAt = isPresent ? instant : startOfDay(today, 'UTC');
  return {
    key: item.key,
    hints: item.hints,
    wanted: request.championships,
    futureFrom: Math.max(instant, seenAt),
    seenAt,
    today,
    mapping: request.mapping,
  };
}

type Outcome = { readonly report: FileReport } | { readonly error: ErrorRecord } | 'cancelled';

/** Writes a file's result in one transaction together with its run item, or notes why it could not be. */
function store(context: StageContext, job: Job, result: ItemResult<SourceItem, ParseResult>): Outcome {
  const { item, durationMs } = result;
  if (result.status === 'cancelled') return 'cancelled';
  if (result.status === 'failed') {
    if (item.isOptional && result.error.code === 'SOURCE_NOT_FOUND') {
      const report = emptyReport('not-published');
      context.commitItem(item.key, durationMs, () => toJson(report));
      return { report };
    }
    context.failItem(item.key, durationMs, result.error);
    return { error: result.error };
  }
  const started = performance.now();
  try {
    let report = emptyReport('unchanged');
    context.commitItem(item.key, durationMs, () => {
      const { value } = result;
      if (value.kind === 'parsed') {
        report = writeFile(context.database, value.file, job.storedName);
        remember(context, job, { item, sha256: value.sha256, isSettled: value.file.isSettled, report });
        storeUnresolved(context.database, { source: job.storedName, address: item.address }, []);
      }
      return toJson(report);
    });
    return { report };
  } catch (thrown) {
    const error = toErrorRecord(thrown);
    if (thrown instanceof UnresolvedTeamsError) {
      storeUnresolved(context.database, { source: job.storedName, address: item.address }, thrown.rows);
    }
    context.failItem(item.key, durationMs + performance.now() - started, error);
    return { error };
  }
}

function remember(
  context: StageContext,
  job: Job,
  read: { item: SourceItem; sha256: string; isSettled: boolean; report: FileReport },
): void {
  const gathered = job.gathered.get(read.item);
  storeSourceFile(context.database, {
    source: job.storedName,
    address: read.item.address,
    etag: gathered?.etag ?? null,
    lastModified: gathered?.lastModified ?? null,
    sha256: read.sha256,
    // What was refused for now must be looked at again: no reading has version 0.
    parserVersion: read.isSettled ? job.readingVersion : 0,
    readAt: context.instant,
    report: read.report,
  });
}

/** The run's log says in a line what each file's report says at length. */
function tell(context: StageContext, item: SourceItem, report: FileReport): void {
  for (const { line, reason } of report.conflicts) {
    context.log('warn', `${item.key}, line ${line}: ${reason}`, { code: 'MATCH_CONFLICT' });
  }
  if (report.refusedCount === 0) return;
  const first = report.refused
    .slice(0, 3)
    .map(({ line, reason }) => `line ${line}: ${reason}`)
    .join(' ');
  context.log('warn', `${item.key}: ${report.refusedCount} rows were refused. ${first}`, {
    code: 'ROW_INVALID',
    detail: { file: item.key, refused: report.refusedCount },
  });
}
