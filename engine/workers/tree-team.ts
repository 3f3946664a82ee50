import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import type { CancelSignal } from '../contract/domain.ts';
import { AppError } from '../contract/errors.ts';
import { throwIfCancelled } from '../kernel/modeling/define-estimator.ts';
import {
  createTeamMember,
  partLimit,
  type HistogramTeam,
  type TeamMember,
  type TeamPhase,
  type TeamSetup,
} from '../kernel/modeling/tree/team.ts';

/**
 * Words of the shared signal. `work` packs the number of the call, its phase (2 bits) and the parts that nobody has
 * taken yet (12 bits) into one word, so that a part is taken by one exchange and never from another call than its own.
 */
const work = 0;
const finished = 1;
const failed = 2;
const words = 3;
const phaseShift = 12;
const callShift = 14;
/** Looks at the signal before a thread goes to sleep: phases follow each other within microseconds. */
const looks = 10_000;
const endPhase = 0;

interface MemberData {
  readonly treeTeam: true;
  readonly setup: TeamSetup;
  readonly thread: number;
  readonly signal: Int32Array;
}

/**
 * Starts threads that grow trees together with the caller's own. They share one memory, take the parts of each phase
 * as they get to them (so that a thread that the system holds up delays nobody else's parts) and sleep in between;
 * `close` ends them. Answers when every thread is ready.
 */
export async function createTreeTeam(
  setup: TeamSetup,
  cancel: CancelSignal | undefined,
): Promise<HistogramTeam> {
  const signal = new Int32Array(new SharedArrayBuffer(words * 4));
  const workers = Array.from({ length: setup.layout.threads - 1 }, (_, index) => {
    const data: MemberData = { treeTeam: true, setup, thread: index + 1, signal };
    return new Worker(new URL(import.meta.url), { workerData: data });
  });
  await Promise.all(workers.map(ready));
  const member = createTeamMember(setup, 0, cancel);
  let calls = 0;
  const call = (phase: number, parts: number): void => {
    calls++;
    Atomics.store(signal, finished, 0);
    Atomics.store(signal, work, (calls << callShift) | (phase << phaseShift) | parts);
    Atomics.notify(signal, work);
  };
  return {
    run(phase) {
      const parts = member.parts(phase);
      call(phase, parts);
      takeParts(member, signal);
      waitWhile(signal, finished, (count) => count < parts);
      if (Atomics.load(signal, failed) > 0)
        throw new AppError('WORKER_FAILED', 'a thread of the tree team failed');
      throwIfCancelled(cancel);
    },
    close() {
      call(endPhase, 1);
    },
  };
}

function ready(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
  });
}

/** Does parts, the last one first, until none is left. Answers the word that said so. */
function takeParts(member: TeamMember, signal: Int32Array): number {
  for (;;) {
    const seen = Atomics.load(signal, work);
    const left = seen & partLimit;
    const phase = (seen >> phaseShift) & 3;
    if (left === 0 || phase === endPhase) return seen;
    if (Atomics.compareExchange(signal, work, seen, seen - 1) !== seen) continue;
    // The caller sleeps until every part is done, so that a failure must count as done too.
    try {
      member.run(phase as TeamPhase, left - 1);
    } catch {
      Atomics.add(signal, failed, 1);
    }
    Atomics.add(signal, finished, 1);
    Atomics.notify(signal, finished);
  }
}

/** Waits while the word fulfils the condition: looking for a while, then asleep. */
function waitWhile(signal: Int32Array, word: number, condition: (value: number) => boolean): void {
  for (let look = 0; ; look++) {
    const value = Atomics.load(signal, word);
    if (!condition(value)) return;
    if (look > looks) Atomics.wait(signal, word, value);
  }
}

function serveTeam({ setup, thread, signal }: MemberData): void {
  const member = createTeamMember(setup, thread);
  parentPort!.postMessage('ready');
  for (;;) {
    const seen = takeParts(member, signal);
    if ((seen & partLimit) > 0) return;
    waitWhile(signal, work, (value) => value === seen);
  }
}

if (!isMainThread && (workerData as Partial<MemberData> | null)?.treeTeam)
  serveTeam(workerData as MemberData);
