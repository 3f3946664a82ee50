import { randomUUID } from 'node:crypto';
import type { Database } from '../../../db/client.ts';
import { findExperimentRun } from '../../../db/queries/tracking.ts';
import { trackingStorage } from '../../../db/storage/tracking.ts';
import type { JsonValue } from '../../contract/domain.ts';
import type { Clock } from '../../ports/index.ts';
import { openSettings } from '../settings.ts';
import { codeVersion, describeMachine } from './machine.ts';
import { createOutbox } from './outbox.ts';
import { TrackedRun } from './tracked-run.ts';

/** What is known of a run when it begins. */
export interface RunStart {
  /** Made if there is none of that name. */
  readonly experiment: string;
  readonly name: string;
  /** The run of the engine that it is part of. Within one, a second start of the same name goes on with the first. */
  readonly runId?: number | undefined;
  readonly family?: string | undefined;
  readonly championshipId?: number | null | undefined;
  readonly parameters?: Readonly<Record<string, JsonValue | undefined>> | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly dataHash?: string | undefined;
  readonly seed?: number | undefined;
}

export interface Tracker {
  /** Begins a run; end it, or dispose it (which ends one that is still open as failed). */
  startRun(start: RunStart): TrackedRun;
  /** Ends what a dead process left open as interrupted; answers how many. Call it before anything is started. */
  interruptUnfinished(): number;
}

/**
 * Writes experiments to the database. Where the setting `tracking.mlflowAddress` holds an address when a run starts, all
 * of it goes to that server's outbox as well.
 */
export function createTracker(database: Database, clock: Clock): Tracker {
  const storage = trackingStorage(database);
  const outbox = createOutbox(database, clock);
  const isMirrored = () => openSettings(database, clock).get('tracking.mlflowAddress') !== '';
  const version = codeVersion();
  const machine = JSON.stringify(describeMachine());
  return {
    startRun(start) {
      const begin = database.sqlite.transaction(() => {
        const { runId = null, name } = start;
        const experimentId = storage.experimentId(start.experiment, clock.now());
        const earlier =
          runId === null ? undefined : findExperimentRun(database, { experimentId, runId, name });
        let id = earlier?.id;
        if (id === undefined) {
          id = storage.insertRun({
            experimentId,
            runId,
            uid: randomUUID(),
            name,
            family: start.family ?? null,
            championshipId: start.championshipId ?? null,
            parameters: '{}',
            dataHash: start.dataHash ?? null,
            seed: start.seed ?? null,
            codeVersion: version,
            machine,
            startedAt: clock.now(),
          });
        } else {
          storage.reopenRun(id);
        }
        const mirror = isMirrored() ? outbox : undefined;
        mirror?.start(id);
        const known = JSON.parse(earlier?.parameters ?? '{}') as Record<string, JsonValue>;
        const run = new TrackedRun({ id, database, storage, clock, outbox: mirror, parameters: known });
        run.logParameters(start.parameters ?? {});
        run.setTags(start.tags ?? {});
        return run;
      });
      return begin();
    },
    interruptUnfinished() {
      const ids = storage.interruptUnfinished(clock.now());
      if (isMirrored()) for (const id of ids) outbox.end(id);
      return ids.length;
    },
  };
}
