import type { ErrorCode } from '../../engine/contract/errors.ts';
import type { EngineState } from '../../engine/contract/desktop.ts';
import { fromEngineSchema, type FromEngine, type ToEngine } from '../../engine/contract/engine-process.ts';
import { RestartPolicy } from './restart-policy.ts';

/** A started engine process; Electron's `UtilityProcess` is one. */
export interface EngineChild<Port> {
  postMessage(message: ToEngine, transfer?: Port[]): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  kill(): boolean;
}

export interface SupervisorOptions<Port> {
  fork(): EngineChild<Port>;
  readonly home: string | undefined;
  /** The time, and a way to wait; tests bring their own. */
  now(): number;
  after(waitMs: number, act: () => void): () => void;
  onState(state: EngineState): void;
  /** Everything that the engine says, but for its start. */
  onMessage(message: FromEngine, answer: (message: ToEngine) => void): void;
  log(message: string): void;
}

/** How long an engine may take to finish what must not be cut off. */
const graceMs = 5000;

/**
 * Keeps one engine process alive: starts it, starts it again when it ends by itself, hands it the windows' ports, and
 * ends it in good order. Ports that are asked for while there is no engine wait for the next one.
 */
export class EngineSupervisor<Port> {
  readonly #options: SupervisorOptions<Port>;
  readonly #policy = new RestartPolicy();
  readonly #waiting: Port[] = [];
  #child: EngineChild<Port> | undefined;
  #ready = false;
  #stopping: PromiseWithResolvers<void> | undefined;
  #cancelRestart: (() => void) | undefined;
  #reason: ErrorCode = 'INTERNAL';
  #state: EngineState = { state: 'stopped' };

  constructor(options: SupervisorOptions<Port>) {
    this.#options = options;
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Starts the engine; does nothing while one runs or the program ends. */
  start(): void {
    if (this.#child !== undefined || this.#stopping !== undefined) return;
    this.#cancelRestart?.();
    this.#cancelRestart = undefined;
    if (this.#state.state !== 'restarting') this.#change({ state: 'starting' });
    const child = this.#options.fork();
    const startedAt = this.#options.now();
    this.#child = child;
    this.#ready = false;
    child.on('message', (message) => {
      if (this.#child === child) this.#hear(message, child);
    });
    child.on('exit', (code) => {
      if (this.#child === child) this.#ended(code, startedAt);
    });
    const { home } = this.#options;
    child.postMessage({
      kind: 'start',
      ...(home === undefined ? {} : { home }),
      safeMode: this.#policy.safeMode,
    });
  }

  /** Hands a port to the engine: now, or to the next one. */
  connect(port: Port): void {
    if (this.#ready && this.#child) this.#child.postMessage({ kind: 'connect' }, [port]);
    else this.#waiting.push(port);
  }

  /** Tells the engine something; what is told while there is none is lost. */
  tell(message: ToEngine): void {
    if (this.#ready) this.#child?.postMessage(message);
  }

  /** Starts the engine anew, with everything that safe mode leaves out. */
  leaveSafeMode(): void {
    this.#policy.leaveSafeMode();
    if (this.#child === undefined) this.start();
    else if (this.#state.state === 'ready' && this.#state.safeMode) this.#child.kill();
  }

  /** Asks the engine to end; done when it has, by force after five seconds. */
  stop(): Promise<void> {
    if (this.#stopping) return this.#stopping.promise;
    this.#cancelRestart?.();
    this.#stopping = Promise.withResolvers();
    const child = this.#child;
    if (child === undefined) {
      this.#stopping.resolve();
    } else {
      child.postMessage({ kind: 'stop' });
      this.#cancelRestart = this.#options.after(graceMs, () => {
        this.#options.log('The engine did not end in time and was ended.');
        child.kill();
      });
    }
    return this.#stopping.promise;
  }

  #hear(message: unknown, child: EngineChild<Port>): void {
    const parsed = fromEngineSchema.safeParse(message);
    if (!parsed.success) {
      this.#options.log(`The engine said something that is not understood: ${parsed.error.message}`);
      return;
    }
    const { data } = parsed;
    if (data.kind === 'failed') {
      this.#reason = data.code;
      this.#options.log(`The engine cannot start: ${data.code}: ${data.message}`);
    } else if (data.kind === 'ready') {
      this.#ready = true;
      this.#change({ state: 'ready', safeMode: this.#policy.safeMode });
      for (const port of this.#waiting.splice(0)) child.postMessage({ kind: 'connect' }, [port]);
    }
    this.#options.onMessage(data, (answer) => {
      if (this.#child === child) child.postMessage(answer);
    });
  }

  #ended(code: number, startedAt: number): void {
    this.#child = undefined;
    this.#ready = false;
    if (this.#stopping) {
      this.#cancelRestart?.();
      this.#change({ state: 'stopped' });
      this.#stopping.resolve();
      return;
    }
    const { waitMs, attempt } = this.#policy.ended(this.#options.now(), startedAt);
    this.#options.log(`The engine ended with code ${code}; it is started again in ${waitMs} ms.`);
    this.#change({ state: 'restarting', attempt, waitMs, reason: this.#reason });
    this.#reason = 'INTERNAL';
    this.#cancelRestart = this.#options.after(waitMs, () => {
      this.start();
    });
  }

  #change(state: EngineState): void {
    this.#state = state;
    this.#options.onState(state);
  }
}
