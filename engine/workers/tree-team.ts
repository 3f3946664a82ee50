import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../contract/errors.ts';
import {
  createTeamMember,
  type HistogramTeam,
  type TeamPhase,
  type TeamSetup,
} from '../kernel/modeling/tree/team.ts';

/** Words of the shared signal: how many phases were called, the phase, how many members have done it, any failure. */
const called = 0;
const phaseWord = 1;
const done = 2;
const failed = 3;
const words = 4;
/** Looks at the signal before a thread goes to sleep: phases follow each other within microseconds. */
const looks = 20_000;
const endPhase = 0;

interface MemberData {
  readonly treeTeam: true;
  readonly setup: TeamSetup;
  readonly thread: number;
  readonly signal: Int32Array;
}

/**
 * Starts threads that grow trees together with the caller's own. They share one memory and go to sleep between fits'
 * phases; `close` ends them. Answers when every thread is ready.
 */
export async function createTreeTeam(setup: TeamSetup): Promise<HistogramTeam> {
  const { threads } = setup.layout;
  const signal = new Int32Array(new SharedArrayBuffer(words * 4));
  const workers = Array.from({ length: threads - 1 }, (_, index) => {
    const data: MemberData = { treeTeam: true, setup, thread: index + 1, signal };
    return new Worker(new URL(import.meta.url), { workerData: data });
  });
  await Promise.all(workers.map(ready));
  const member = createTeamMember(setup, 0);
  const call = (phase: number): void => {
    Atomics.store(signal, done, 0);
    Atomics.store(signal, phaseWord, phase);
    Atomics.add(signal, called, 1);
    Atomics.notify(signal, called);
  };
  return {
    run(phase) {
      call(phase);
      member.run(phase);
      waitWhile(signal, done, (value) => value < threads - 1);
      if (Atomics.load(signal, failed) > 0)
        throw new AppError('WORKER_FAILED', 'a thread of the tree team failed');
    },
    close() {
      call(endPhase);
    },
  };
}

function ready(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
  });
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
  let seen = 0;
  parentPort!.postMessage('ready');
  for (;;) {
    waitWhile(signal, called, (value) => value === seen);
    seen++;
    const phase = Atomics.load(signal, phaseWord);
    if (phase === endPhase) return;
    // The caller sleeps until every member is done, so that a failure must count as done too.
    try {
      member.run(phase as TeamPhase);
    } catch {
      Atomics.add(signal, failed, 1);
    }
    Atomics.add(signal, done, 1);
    Atomics.notify(signal, done);
  }
}

if (!isMainThread && (workerData as Partial<MemberData> | null)?.treeTeam)
  serveTeam(workerData as MemberData);
