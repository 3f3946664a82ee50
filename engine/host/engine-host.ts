import { createRouterClient, type RouterClient } from '@orpc/server';
import { existsSync } from 'node:fs';
import { openReader, openWriter, type Database } from '../../db/client.ts';
import { applicationVersion } from '../../db/identity.ts';
import { MatchList } from '../football/browsing/match-list.ts';
import { Analyses } from '../runtime/analyses.ts';
import { Consumer } from '../runtime/consumer.ts';
import { EngineEvents } from '../runtime/engine-events.ts';
import { openLog } from '../runtime/log.ts';
import { requireOnline } from '../runtime/online.ts';
import { RunService } from '../runtime/runs.ts';
import type { Scheduler, Timer } from '../runtime/schedule/scheduler.ts';
import { openSettings, type Settings } from '../runtime/settings.ts';
import { createTracker } from '../runtime/tracking/tracker.ts';
import { AppError, type ErrorRecord } from '../contract/errors.ts';
import type { Clock, Fetcher, Paths, SecretStore } from '../ports/index.ts';
import { queueAlerts } from './alert-post.ts';
import { announceAlerts, isWatchDone } from './announce-alerts.ts';
import { createFetcher } from './fetcher.ts';
import { MlflowDelivery } from './mlflow/delivery.ts';
import { keepOutgoingLog } from './outgoing-log.ts';
import { createRunRegistry } from './registry.ts';
import { isOnBattery } from './power.ts';
import { router, type Router } from './router.ts';
import { openScheduler } from './schedule/open-scheduler.ts';
import { secretsByPassphrase } from './secrets.ts';

export interface EngineHostOptions {
  readonly paths: Paths;
  /** Default: the system's clock. */
  readonly clock?: Clock;
  /** Default: real requests, at the polite rate of the settings. */
  readonly fetcher?: Fetcher;
  /** Default: a file under the passphrase of the environment. */
  readonly secrets?: SecretStore;
  /** How the schedule waits; default the system's timers. */
  readonly timer?: Timer;
  /** Worker threads; default the consumer's own choice. */
  readonly threads?: number;
}

/** The contract's client in the same process; throws `AppError`s wrapped as the contract says. */
export type EngineClient = RouterClient<Router>;

export interface EngineHost extends AsyncDisposable {
  readonly client: EngineClient;
  /** What a transport hands to the router for every call. */
  readonly context: EngineContext;
  /** Keeps the schedule from now on; a single command does not. What is due is looked at again whenever it is called. */
  keepSchedule(): void;
  /** What the machine is powered by, from a shell that is told; default what Linux says. */
  setPower(power: 'battery' | 'mains'): void;
}

/** What the router's procedures work with. Connections open when first needed, so that reading never waits for a writer. */
export interface EngineContext {
  readonly paths: Paths;
  readonly clock: Clock;
  /**
   * Does something to the database's file while nothing here has it open: runs are interrupted first, calls meanwhile
   * are refused with DATABASE_BUSY, and everything opens anew afterwards.
   */
  whileClosed<Result>(work: () => Promise<Result> | Result): Promise<Result>;
  /** The one writing connection; DATABASE_BUSY while another process has it. */
  writer(): Database;
  /** A reading connection; the writer's own once that is open, or where there is no file yet. */
  reader(): Database;
  settings(): Settings;
  /** What is known to be wrong with the database since it was opened. */
  readonly damage: { found: ErrorRecord | undefined };
  /** Tells the screens what happens. */
  readonly events: EngineEvents;
  secrets(): SecretStore;
  runs(): RunService;
  /** Starts tasks of the schedule; keeps their times only where this process does. */
  schedule(): Scheduler;
  keptSchedule(): Scheduler | undefined;
  /** The one pool of worker threads, for runs and for what a single call must not compute on this thread. */
  consumer(): Consumer;
  /** Answers to heavy questions of the screens, worked out beside the runs and kept. */
  analyses(): Analyses;
  /** All matches in any order; what it has read of them serves every call. */
  matchList(): MatchList;
  /** Copies experiments to the MLflow server of the settings. */
  mlflow(): MlflowDelivery;
}

/**
 * Puts the engine together: paths, database, worker pool, runs and router. The same host stands behind the command
 * line, the tests and, later, the screens.
 */
export function createEngineHost(options: EngineHostOptions): EngineHost {
  const { paths } = options;
  const clock = options.clock ?? { now: () => Date.now() };
  let resources = new AsyncDisposableStack();
  let isSetAside = false;
  /** Made when first asked for, and again after the database was closed. */
  const once = <Value>(make: () => Value): (() => Value) => {
    let made: { value: Value; of: AsyncDisposableStack } | undefined;
    return () => {
      if (made?.of === resources) return made.value;
      if (isSetAside)
        throw new AppError('DATABASE_BUSY', 'The database is being replaced. Try again shortly.');
      made = { value: make(), of: resources };
      return made.value;
    };
  };
  const log = once(() =>
    resources.adopt(openLog(paths.logs, { now: () => clock.now() }), (opened) => {
      opened.close();
    }),
  );
  let openedWriter: Database | undefined;
  const writer = once(
    () =>
      (openedWriter = resources.use(
        openWriter(paths.database, { backups: paths.backups, now: () => clock.now() }),
      )),
  );
  const readOnly = once(() => {
    try {
      return resources.use(openReader(paths.database));
    } catch (error) {
      // Tables of an earlier version are brought up to date by opening for writing once.
      if (error instanceof AppError && error.code === 'DATABASE_READ_ONLY') return writer();
      throw error;
    }
  });
  const reader = () => openedWriter ?? (existsSync(paths.database) ? readOnly() : writer());
  const settings = () => openSettings(reader(), clock);
  const closeDatabase = async () => {
    await resources.disposeAsync();
    openedWriter = undefined;
    resources = new AsyncDisposableStack();
  };
  let isScheduleWanted = false;
  let power: 'battery' | 'mains' | undefined;
  const events = new EngineEvents({ startedAt: clock.now(), version: applicationVersion });
  const context: EngineContext = {
    paths,
    clock,
    damage: { found: undefined },
    events,
    async whileClosed(work) {
      isSetAside = true;
      try {
        await closeDatabase();
        return await work();
      } finally {
        isSetAside = false;
        if (isScheduleWanted) keepSchedule();
      }
    },
    writer,
    reader,
    settings,
    secrets: () => options.secrets ?? secretsByPassphrase(paths),
    mlflow: once(() => resources.use(new MlflowDelivery({ database: writer(), clock }))),
    consumer: once(() => {
      const threads = options.threads ?? settings().get('runtime.threads');
      return resources.use(new Consumer(threads > 0 ? { threads } : {}));
    }),
    schedule: once(() => {
      // Made before the schedule, so that it outlives it.
      context.runs();
      return resources.use(
        openScheduler(context, {
          client,
          log: log(),
          timer: options.timer,
          isOnBattery: () => (power === undefined ? isOnBattery() : power === 'battery'),
        }),
      );
    }),
    keptSchedule: () => (isScheduleWanted && openedWriter ? context.schedule() : undefined),
    analyses: once(
      () => new Analyses({ reader, writer, clock, consumer: resources.use(new Consumer({ threads: 1 })) }),
    ),
    matchList: once(() => new MatchList()),
    runs: once(() => {
      const database = writer();
      resources.use(keepOutgoingLog(writer));
      createTracker(database, clock).interruptUnfinished();
      // Made before the runs, so that it outlives them and sends their last words.
      context.mlflow();
      return resources.use(
        new RunService({
          database,
          consumer: context.consumer(),
          registry: createRunRegistry({
            fetcher:
              options.fetcher ??
              createFetcher({
                intervalMs: 1000 / settings().get('sources.requestsPerSecond'),
                permit: () => {
                  requireOnline(settings());
                },
              }),
          }),
          clock,
          zone: () => settings().get('zone'),
          log: log(),
          onEvent: (event, parentId) => {
            events.onRunEvent(event, parentId);
            if (isWatchDone(event)) tellAlerts(event.runId);
          },
        }),
      );
    }),
  };
  const client = createRouterClient(router, { context });
  /** On the screens at once; to channels as soon as the schedule, or somebody, sends what waits. */
  function tellAlerts(runId: number): void {
    try {
      announceAlerts(runId, { database: writer(), events, language: settings().get('language') });
      queueAlerts(context);
      context.keptSchedule()?.look();
    } catch (error) {
      // What was not queued is so by the next watch; the run itself is done.
      log().error('alerts could not be told', { error });
    }
  }
  function keepSchedule(): void {
    isScheduleWanted = true;
    try {
      context.schedule().start();
    } catch (error) {
      // A database that cannot be opened is shown and dealt with on the screens; then this is called again.
      log().warn('the schedule cannot be kept', { error });
    }
  }
  return {
    client,
    context,
    keepSchedule,
    setPower(changed) {
      power = changed;
      context.keptSchedule()?.look();
    },
    [Symbol.asyncDispose]: closeDatabase,
  };
}
