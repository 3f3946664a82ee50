import { childRuns, findRun } from '../../db/queries/runs.ts';
import type { JsonValue } from '../contract/domain.ts';
import { AppError, toAppError, toErrorRecord } from '../contract/errors.ts';
import type { ErrorCode, ErrorRecord } from '../contract/errors.ts';
import type { Run } from '../contract/runs.ts';
import { runKinds } from '../contract/stages.ts';
import type { RunKind } from '../contract/stages.ts';
import type { Consumer } from './consumer.ts';
import { callingFor } from './outgoing.ts';
import { RunRecord } from './run-record.ts';
import type { RecordTools } from './run-record.ts';
import type { RunDefinition, RunRegistry } from './stage.ts';

/** Finds a kind of run, or refuses with `USAGE` and what there is. */
export function findDefinition(registry: RunRegistry, stage: RunKind): RunDefinition {
  const definition = registry[stage];
  if (definition) return definition;
  const known = runKinds.filter((kind) => registry[kind]).join(', ');
  throw new AppError('USAGE', `There is no stage "${stage}"; there are: ${known}.`, {
    detail: { stage, known },
  });
}

/** The reason for stopping runs that makes them `interrupted` instead of `cancelled`. */
export function programEnded(): AppError {
  return new AppError('CANCELLED', 'The program ended.', { detail: { shutdown: true } });
}

/** Carries one run out, with its parts if it is a pipeline, and brings its record to an end whatever happens. */
export class RunExecution {
  readonly #tools: RecordTools;
  readonly #consumer: Consumer;
  readonly #registry: RunRegistry;

  constructor(options: {
    readonly tools: RecordTools;
    readonly consumer: Consumer;
    readonly registry: RunRegistry;
  }) {
    this.#tools = options.tools;
    this.#consumer = options.consumer;
    this.#registry = options.registry;
  }

  /** @throws only if the record itself cannot be written */
  async execute(run: Run, signal: AbortSignal): Promise<void> {
    const definition = findDefinition(this.#registry, run.stage);
    const record = new RunRecord(run, this.#tools);
    record.begin();
    try {
      const result = await this.#result(record, { definition, signal });
      if (signal.aborted) record.end(stopState(signal), { error: toErrorRecord(signal.reason) });
      else record.end('done', { result });
    } catch (unexplained) {
      const thrown = this.#tools.database.explain(unexplained);
      // Whatever a stage left open would otherwise swallow the record of its failure.
      if (this.#tools.database.sqlite.inTransaction) this.#tools.database.sqlite.exec('ROLLBACK');
      const error = signal.aborted ? whileStopping(thrown, signal) : toErrorRecord(thrown);
      // A pipeline fails through a part, which has told it already.
      if (error.code !== 'CANCELLED' && definition.type === 'stage') record.logFailure(thrown);
      record.end(signal.aborted ? stopState(signal) : 'failed', { error });
    } finally {
      if (run.parentId !== null) this.#tools.events.end(run.id);
    }
  }

  /** Ends runs that were never reached; they wait for a resumption. */
  endUnstarted(runs: readonly Run[], signal: AbortSignal): void {
    for (const run of runs) {
      if (run.state === 'done') continue;
      const error = signal.aborted ? toErrorRecord(signal.reason) : undefined;
      new RunRecord(run, this.#tools).end(signal.aborted ? stopState(signal) : 'cancelled', { error });
    }
  }

  #result(
    record: RunRecord,
    { definition, signal }: { definition: RunDefinition; signal: AbortSignal },
  ): Promise<JsonValue> {
    const { id: runId, instant, today, parameters: given } = record.run;
    const parameters = definition.parse(given);
    if (definition.type === 'pipeline') return this.#runParts(record, signal);
    const { database } = this.#tools;
    const context = { runId, instant, today, signal, consumer: this.#consumer, database, ...record.forStage };
    return callingFor(record.run.stage, () => definition.run(context, parameters));
  }

  async #runParts(record: RunRecord, signal: AbortSignal): Promise<JsonValue> {
    const { database } = this.#tools;
    const parts = childRuns(database, record.run.id);
    const results: Record<string, JsonValue> = {};
    for (const [index, part] of parts.entries()) {
      record.forStage.progress({ phase: part.stage, done: index, total: parts.length });
      if (part.state !== 'done') await this.execute(part, signal);
      const ended = findRun(database, part.id);
      if (ended?.state !== 'done') {
        this.endUnstarted(parts.slice(index + 1), signal);
        const code = (ended?.errorCode ?? 'INTERNAL') as ErrorCode;
        throw new AppError(code, ended?.errorMessage ?? `${part.stage} failed`, {
          detail: { stage: part.stage },
        });
      }
      results[part.stage] = ended.result as JsonValue;
    }
    record.forStage.progress({ phase: parts.at(-1)?.stage ?? '', done: parts.length, total: parts.length });
    return results;
  }
}

function stopState(signal: AbortSignal): 'cancelled' | 'interrupted' {
  return toAppError(signal.reason).detail.shutdown === true ? 'interrupted' : 'cancelled';
}

/** Stages may leave by their own error when they are stopped, or by what `signal.throwIfAborted` throws. */
function whileStopping(thrown: unknown, signal: AbortSignal): ErrorRecord {
  const isAbort = thrown instanceof Error && thrown.name === 'AbortError';
  return toErrorRecord(isAbort ? signal.reason : thrown);
}
