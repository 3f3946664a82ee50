import type { Database } from '../../../db/client.ts';
import {
  countUnresolved,
  readFilesOfSources,
  readGettingRuns,
  readLatencies,
} from '../../../db/queries/football/data-health.ts';
import type { FilesOfSource, GettingRun } from '../../../db/queries/football/data-health.ts';
import type { SourceHealth } from '../../contract/data.ts';
import type { Source } from './source.ts';
import { sources } from './sources/index.ts';

const runsLookedAt = 500;
const callsLookedAt = 100;

/** How every source fares: what it brought, when it was read last, what went wrong since. */
export function sourceHealth(
  database: Database,
  nextRunAt: (source: string) => number | null,
): SourceHealth[] {
  const files = readFilesOfSources(database);
  const unresolved = countUnresolved(database);
  const runs = readGettingRuns(database, runsLookedAt).map((run) => ({
    ...run,
    asked: JSON.parse(run.parameters) as Record<string, unknown>,
  }));
  return sources.map((source) => {
    const own = files.filter(({ source: stored }) => isOf(source, stored));
    const ownRuns = runs.filter(({ asked }) => (asked.source ?? 'football-data') === source.name);
    const [last] = ownRuns;
    const success = ownRuns.findIndex(({ state }) => state === 'done');
    const since = success < 0 ? ownRuns : ownRuns.slice(0, success);
    const host = source.baseAddress === undefined ? undefined : URL.parse(source.baseAddress)?.host;
    const latencies = host === undefined ? [] : readLatencies(database, host, callsLookedAt);
    return {
      name: source.name,
      storedNames: own.map(({ source: stored }) => stored),
      canRunAlone: source.baseAddress !== undefined,
      ...totals(own),
      lastReadAt: own.reduce<number | null>(
        (newest, { lastReadAt }) => Math.max(newest ?? 0, lastReadAt),
        null,
      ),
      lastRun: last === undefined ? null : runOf(last),
      lastSuccessAt: ownRuns[success]?.finishedAt ?? null,
      failuresSince: since.filter(({ state }) => state === 'failed').length,
      latencyMs: median(latencies),
      calls: latencies.length,
      nextRunAt: nextRunAt(source.name),
      unresolved: own.reduce((sum, { source: stored }) => sum + (unresolved.get(stored) ?? 0), 0),
      lastParameters: last?.asked ?? null,
    };
  });
}

/** Files of the mapped source `csv` are kept under names of the analyst's own. */
function isOf(source: Source, stored: string): boolean {
  if (stored === source.name) return true;
  return source.name === 'csv' && !sources.some(({ name }) => name === stored);
}

function totals(files: readonly FilesOfSource[]) {
  const sum = (pick: (one: FilesOfSource) => number | null) =>
    files.reduce((total, one) => total + (pick(one) ?? 0), 0);
  return {
    files: sum((one) => one.files),
    rows: sum((one) => one.rows),
    refused: sum((one) => one.refused),
    warnings: sum((one) => one.warnings),
    conflicts: sum((one) => one.conflicts),
  };
}

function runOf({ runId, state, startedAt, finishedAt, errorCode, errorMessage }: GettingRun) {
  return { runId, state, startedAt, finishedAt, errorCode, errorMessage };
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
