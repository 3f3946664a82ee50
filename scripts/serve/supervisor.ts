import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { engineEnvironment } from '../../engine/contract/engine-environment.ts';
import { AppError } from '../../engine/contract/errors.ts';
import type { EngineStart, FromEngine } from './messages.ts';

export interface SupervisorOptions {
  readonly start: Omit<EngineStart, 'kind' | 'sessions' | 'resumes'>;
  /** Hears that the engine ended by itself and when it will be started again. */
  readonly onCrash: (crash: { readonly exit: string; readonly waitMs: number }) => void;
  /** Hears that it is back. */
  readonly onBack: () => void;
}

export interface Supervisor extends AsyncDisposable {
  readonly port: number;
  /** The address that opens the workstation once. */
  readonly address: string;
}

const entry = fileURLToPath(new URL('engine-process.ts', import.meta.url));
const backOff = { firstMs: 500, longestMs: 15_000, calmMs: 60_000 } as const;
const graceMs = 1500;

/**
 * Starts the engine and starts it again, with growing waits, when it ends by itself. The port and the browsers' sessions
 * stay, so that open tabs find it again. Runs that were cut off go on, unless the engine fails again within a minute:
 * then it may be they that bring it down.
 *
 * @throws AppError when the first start fails
 */
export async function superviseEngine(options: SupervisorOptions): Promise<Supervisor> {
  const ending = new AbortController();
  let sessions: readonly string[] = [];
  let start = options.start;
  let child: ChildProcess;
  let crashes = 0;
  let lastCrash = -Infinity;

  const run = (resumes: boolean): Promise<Extract<FromEngine, { kind: 'ready' }>> =>
    new Promise((ready, failed) => {
      child = fork(entry, [], {
        ...{ serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
        env: engineEnvironment(process.env),
      });
      let wasReady = false;
      let reason = '';
      child.on('message', (message: FromEngine) => {
        if (message.kind === 'sessions') sessions = message.digests;
        else if (message.kind === 'failed') reason = message.message;
        else {
          wasReady = true;
          ready(message);
        }
      });
      child.on('exit', (code, signal) => {
        const exit = signal ?? `code ${code}`;
        if (!wasReady) failed(new AppError('INTERNAL', reason || `The engine ended with ${exit}.`));
        else if (!ending.signal.aborted) void again(exit);
      });
      child.send({ kind: 'start', ...start, sessions, resumes } satisfies EngineStart);
    });

  const again = async (exit: string): Promise<void> => {
    const isCalm = performance.now() - lastCrash > backOff.calmMs;
    crashes = isCalm ? 1 : crashes + 1;
    lastCrash = performance.now();
    const waitMs = Math.min(backOff.firstMs * 2 ** (crashes - 1), backOff.longestMs);
    options.onCrash({ exit, waitMs });
    await sleep(waitMs, undefined, { signal: ending.signal }).catch(() => undefined);
    if (ending.signal.aborted) return;
    try {
      await run(crashes === 1);
      options.onBack();
    } catch (error) {
      await again(error instanceof Error ? error.message : String(error));
    }
  };

  const first = await run(false);
  start = { ...start, port: first.port };
  return {
    port: first.port,
    address: first.address,
    async [Symbol.asyncDispose]() {
      ending.abort();
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((done) => child.once('exit', done));
      if (child.connected) child.send({ kind: 'stop' });
      const kill = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(kill);
    },
  };
}
