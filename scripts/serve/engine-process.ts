import { toAppError } from '../../engine/contract/errors.ts';
import { createEngineHost, type EngineHost } from '../../engine/host/engine-host.ts';
import { startLoopbackHost } from '../../engine/host/loopback/loopback-host.ts';
import { createSessions } from '../../engine/host/loopback/sessions.ts';
import { resolvePaths } from '../../engine/host/paths.ts';
import { resumeAfterCrash } from '../../engine/host/resume-after-crash.ts';
import type { EngineStart, FromEngine, ToEngine } from './messages.ts';

/**
 * The engine and the loopback host in a process of their own, so that the program that started it survives whatever
 * happens here and starts it again.
 */
const resources = new AsyncDisposableStack();
let ending: Promise<void> | undefined;

process.on('message', (message: ToEngine) => {
  if (message.kind === 'stop') void end();
  else void start(message);
});
// Who started this is gone.
process.on('disconnect', () => void end());
// A terminal interrupts every process in it; the one that started this decides.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => void end());

async function start(message: EngineStart): Promise<void> {
  try {
    const engine = resources.use(createEngineHost({ paths: resolvePaths({ home: message.home }) }));
    // Before anybody listens: the first screen that does makes what is unfinished count as interrupted.
    if (message.resumes) resume(engine);
    const host = resources.use(
      await startLoopbackHost({
        engine,
        screens: message.screens,
        port: message.port,
        controlKey: message.controlKey,
        sessions: createSessions({
          earlier: message.sessions,
          onChange: (digests) => {
            tell({ kind: 'sessions', digests });
          },
        }),
      }),
    );
    engine.keepSchedule();
    tell({ kind: 'ready', port: host.port, address: host.issueAddress() });
  } catch (error) {
    tell({ kind: 'failed', message: toAppError(error).message });
    await end();
  }
}

function resume(engine: EngineHost): void {
  try {
    resumeAfterCrash(engine.context);
  } catch {
    // A database that cannot be opened is shown and dealt with on the screens.
  }
}

function tell(message: FromEngine): void {
  if (process.connected) process.send!(message);
}

function end(): Promise<void> {
  return (ending ??= resources.disposeAsync().finally(() => {
    // An engine that is stopped has nothing more to do, whatever a worker still holds open.
    process.exit();
  }));
}
