import type { Database } from '../../../db/client.ts';
import { countTrackingCalls, type TrackingCallCounts } from '../../../db/queries/tracking-calls.ts';
import type { Clock } from '../../ports/index.ts';
import { openSettings } from '../../runtime/settings.ts';
import { createMlflowClient } from './client.ts';
import { sendTrackingCalls } from './sender.ts';

export interface MlflowDeliveryOptions {
  readonly database: Database;
  readonly clock: Clock;
  /** Where MLflow's own variables are looked for; default the process's. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Default 10 s a call. */
  readonly timeoutMs?: number;
  /** Between two looks at the outbox; doubled after each failure, up to forty times. Default 15 s. */
  readonly everyMs?: number;
  /** How long the end waits for what is still to be sent. Default 5 s. */
  readonly lastMs?: number;
}

/**
 * Copies experiments to the MLflow server of the settings, now and then and once more at its end. Without an address it
 * does nothing; without a connection the outbox waits. Credentials come from MLflow's own environment variables
 * (`MLFLOW_TRACKING_TOKEN`, or `MLFLOW_TRACKING_USERNAME` and `MLFLOW_TRACKING_PASSWORD`) and are stored nowhere.
 */
export class MlflowDelivery implements AsyncDisposable {
  readonly #options: MlflowDeliveryOptions;
  readonly #ending = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<TrackingCallCounts> | undefined;
  #waitMs: number;
  #disposed = false;

  constructor(options: MlflowDeliveryOptions) {
    this.#options = options;
    this.#waitMs = this.#firstWaitMs;
    this.#schedule();
  }

  /** Sends what waits; a second call while one is under way gets the same answer. */
  send(signal?: AbortSignal): Promise<TrackingCallCounts> {
    this.#running ??= this.#send(signal).finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    clearTimeout(this.#timer);
    const { lastMs = 5000, database } = this.#options;
    const last = setTimeout(() => {
      this.#ending.abort();
    }, lastMs);
    try {
      await this.#running?.catch(() => undefined);
      if (countTrackingCalls(database).pending > 0) await this.send().catch(() => undefined);
    } finally {
      clearTimeout(last);
    }
  }

  async #send(signal?: AbortSignal): Promise<TrackingCallCounts> {
    const { database, clock, timeoutMs, environment = process.env } = this.#options;
    const address = openSettings(database, clock).get('tracking.mlflowAddress');
    if (address === '') return countTrackingCalls(database);
    const ending = signal ? AbortSignal.any([signal, this.#ending.signal]) : this.#ending.signal;
    const client = createMlflowClient({
      address,
      authorization: authorizationOf(environment),
      signal: ending,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
    return sendTrackingCalls({ database, clock, client, address, signal: ending });
  }

  get #firstWaitMs(): number {
    return this.#options.everyMs ?? 15_000;
  }

  #schedule(): void {
    this.#timer = setTimeout(() => {
      this.send().then(
        ({ pending }) => {
          const longest = 40 * this.#firstWaitMs;
          this.#waitMs = pending > 0 ? Math.min(longest, 2 * this.#waitMs) : this.#firstWaitMs;
          if (!this.#disposed) this.#schedule();
        },
        () => {
          // An answer that nobody foresaw: the calls stay, and the next start of the program tries again.
        },
      );
    }, this.#waitMs);
    this.#timer.unref();
  }
}

function authorizationOf(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const token = environment['MLFLOW_TRACKING_TOKEN'];
  if (token) return `Bearer ${token}`;
  const user = environment['MLFLOW_TRACKING_USERNAME'];
  if (!user) return undefined;
  const password = environment['MLFLOW_TRACKING_PASSWORD'] ?? '';
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
