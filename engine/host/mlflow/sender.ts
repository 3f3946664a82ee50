import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Database } from '../../../db/client.ts';
import { artefactContent, listArtefacts, readExperimentRun } from '../../../db/queries/tracking.ts';
import {
  countTrackingCalls,
  nextTrackingCall,
  remoteName,
  type TrackingCall,
  type TrackingCallCounts,
} from '../../../db/queries/tracking-calls.ts';
import { trackingCallStorage } from '../../../db/storage/tracking-calls.ts';
import type { ExperimentRun, ExperimentRunState } from '../../contract/tracking.ts';
import type { Clock } from '../../ports/index.ts';
import type { LogPayload, SentEntry } from '../../runtime/tracking/outbox.ts';
import { MlflowProblem, type MlflowClient } from './client.ts';

/** Marks on the server's runs: which of ours it is, and the last call that it took in full. */
const runTag = 'auspex_run';
const callTag = 'auspex_call';

/** What every MLflow store takes. */
const longest = { key: 250, param: 6000, tag: 5000 } as const;

const experimentAnswer = z.object({ experiment: z.object({ experiment_id: z.string() }) });
const createdExperiment = z.object({ experiment_id: z.string() });
const runAnswer = z.object({
  info: z.object({ run_id: z.string(), artifact_uri: z.string().optional() }),
  data: z.object({ tags: z.array(z.object({ key: z.string(), value: z.string() })).default([]) }).optional(),
});
const oneRun = z.object({ run: runAnswer });
const anything = z.looseObject({});
const foundRuns = z.object({ runs: z.array(runAnswer).default([]) });

const statusOf: Record<ExperimentRunState, string> = {
  running: 'RUNNING',
  done: 'FINISHED',
  failed: 'FAILED',
  cancelled: 'KILLED',
  interrupted: 'KILLED',
};

interface RemoteRun {
  readonly remoteId: string;
  readonly artefactRoot: string | null;
}

export interface SenderOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly client: MlflowClient;
  /** Under which the server's names for our runs are kept. */
  readonly address: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends what waits in the outbox, oldest first, until nothing does or the server cannot take it; answers what is left.
 * A call that was tried before is looked up on the server first: a run by the tag with our name of it, a batch by the tag
 * that travels inside of it. So each is taken once, whatever was lost on the way. A call that the server refuses is set aside.
 */
export async function sendTrackingCalls(options: SenderOptions): Promise<TrackingCallCounts> {
  const { database, clock, signal } = options;
  const storage = trackingCallStorage(database);
  for (let call; !signal?.aborted && (call = nextTrackingCall(database));) {
    storage.countAttempt(call.id);
    try {
      await perform(options, call);
      storage.settle(call.id, { state: 'sent', settledAt: clock.now() });
    } catch (error) {
      if (!(error instanceof MlflowProblem)) throw error;
      if (error.mayPass) {
        storage.keep(call.id, error.message);
        break;
      }
      storage.settle(call.id, { state: 'refused', settledAt: clock.now(), problem: error.message });
    }
  }
  return countTrackingCalls(database);
}

async function perform(options: SenderOptions, call: TrackingCall): Promise<void> {
  const { client, database } = options;
  const run = readExperimentRun(database, call.experimentRunId);
  const remote = await ensureRun(options, run);
  const run_id = remote.remoteId;
  switch (call.kind) {
    case 'start':
      // A run that goes on after its end must not look ended.
      if (run.state === 'running') await client.post('runs/update', { run_id, status: 'RUNNING' }, anything);
      return;
    case 'end':
      await client.post(
        'runs/update',
        {
          run_id,
          status: statusOf[run.state],
          ...(run.finishedAt === null ? {} : { end_time: run.finishedAt }),
        },
        anything,
      );
      return;
    case 'log':
      if (call.attempts > 0 && (await lastCall(client, run_id)) >= call.id) return;
      await client.post('runs/log-batch', { run_id, ...logBody(call) }, anything);
      return;
    case 'artefact':
      await upload(options, remote, { run, ...(JSON.parse(call.payload) as { artefactId: number }) });
  }
}

function logBody(call: TrackingCall): object {
  const { params = [], metrics = [], tags = [] } = JSON.parse(call.payload) as LogPayload;
  return {
    metrics: metrics.map((metric) => ({ ...metric, key: plainKey(metric.key) })),
    params: params.map((entry) => cut(entry, longest.param)),
    // The server writes the tags of a batch last, so the mark says that all of it is there.
    tags: [...tags.map((entry) => cut(entry, longest.tag)), { key: callTag, value: String(call.id) }],
  };
}

/** Keys may hold letters, digits and a few signs. */
function plainKey(key: string): string {
  return key.replaceAll(/[^\p{L}\p{N}_\-./ ]/gu, '_').slice(0, longest.key);
}

function cut({ key, value }: SentEntry, length: number): SentEntry {
  return { key: plainKey(key), value: value.length > length ? `${value.slice(0, length - 1)}…` : value };
}

async function lastCall(client: MlflowClient, runId: string): Promise<number> {
  const { run } = await client.get('runs/get', { run_id: runId }, oneRun);
  return Number(run.data?.tags.find(({ key }) => key === callTag)?.value ?? -1);
}

async function ensureRun(options: SenderOptions, run: ExperimentRun): Promise<RemoteRun> {
  const { database, client, address } = options;
  const known = remoteName(database, { address, kind: 'run', localId: run.id });
  if (known) return known;
  const experiment_id = await ensureExperiment(options, run);
  const filter = `tags.${runTag} = '${run.uid}'`;
  const search = { experiment_ids: [experiment_id], filter, max_results: 1 };
  const [found] = (await client.post('runs/search', search, foundRuns)).runs;
  const { info } = found ?? (await client.post('runs/create', newRun(run, experiment_id), oneRun)).run;
  const remote = { remoteId: info.run_id, artefactRoot: info.artifact_uri ?? null };
  trackingCallStorage(database).putName({ address, kind: 'run', localId: run.id, ...remote });
  return remote;
}

function newRun(run: ExperimentRun, experiment_id: string): object {
  const { family, championship, dataHash, seed, codeVersion } = run;
  const facts = { family, championship, dataHash, seed, codeVersion };
  return {
    experiment_id,
    run_name: run.name,
    start_time: run.startedAt,
    tags: [
      { key: runTag, value: run.uid },
      { key: 'mlflow.runName', value: run.name },
      { key: 'mlflow.source.name', value: 'auspex' },
      ...Object.entries(facts)
        .filter(([, value]) => value !== null)
        .map(([key, value]) => ({ key: `auspex.${key}`, value: String(value) })),
    ],
  };
}

async function ensureExperiment(options: SenderOptions, run: ExperimentRun): Promise<string> {
  const { database, client, address } = options;
  const { experimentId: localId, experiment: name } = run;
  const known = remoteName(database, { address, kind: 'experiment', localId });
  if (known) return known.remoteId;
  const byName = async () => {
    const named = await client.get('experiments/get-by-name', { experiment_name: name }, experimentAnswer);
    return named.experiment.experiment_id;
  };
  const create = async () =>
    (await client.post('experiments/create', { name }, createdExperiment)).experiment_id;
  const remoteId = await byName().catch(async (missing: unknown) => {
    requireWord(missing, 'RESOURCE_DOES_NOT_EXIST');
    // Somebody else may make it in between.
    return create().catch((taken: unknown) => {
      requireWord(taken, 'RESOURCE_ALREADY_EXISTS');
      return byName();
    });
  });
  const storage = trackingCallStorage(database);
  storage.putName({ address, kind: 'experiment', localId, remoteId, artefactRoot: null });
  return remoteId;
}

function requireWord(thrown: unknown, word: string): void {
  if (!(thrown instanceof MlflowProblem) || thrown.word !== word) throw thrown;
}

/** Only servers that pass artefacts on themselves can be given any: for the others we would need their store's keys. */
async function upload(
  { client, database }: SenderOptions,
  remote: RemoteRun,
  { run, artefactId }: { readonly run: ExperimentRun; readonly artefactId: number },
): Promise<void> {
  const root = URL.parse(remote.artefactRoot ?? '');
  if (root?.protocol !== 'mlflow-artifacts:') {
    const where = root?.protocol ?? 'an unnamed place';
    throw new MlflowProblem(`the server keeps artefacts at ${where} and takes none itself`, {
      mayPass: false,
    });
  }
  const artefact = listArtefacts(database, run.id).find(({ id }) => id === artefactId);
  if (!artefact) throw new MlflowProblem(`artefact ${artefactId} is gone`, { mayPass: false });
  const content = artefactContent(database, artefactId) ?? (await readWhole(artefact));
  await client.putArtefact(`${root.pathname}/${artefact.name}`, content);
}

async function readWhole(artefact: {
  path: string | null;
  sha256: string;
  name: string;
}): Promise<Uint8Array> {
  const content = await readFile(artefact.path ?? '').catch((cause: unknown) => {
    throw new MlflowProblem(`artefact ${artefact.name} could not be read`, { mayPass: false, cause });
  });
  if (createHash('sha256').update(content).digest('hex') !== artefact.sha256) {
    throw new MlflowProblem(`artefact ${artefact.name} has changed since it was logged`, { mayPass: false });
  }
  return content;
}
