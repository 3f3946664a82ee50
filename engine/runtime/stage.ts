import type { z } from 'zod';
import type { Database } from '../../db/client.ts';
import type { Day, Instant, JsonValue } from '../contract/domain.ts';
import type { ErrorCode, ErrorDetail, ErrorRecord } from '../contract/errors.ts';
import type { RunKind } from '../contract/stages.ts';
import type { Consumer } from './consumer.ts';
import { validate } from './validate.ts';

export type { JsonValue } from '../contract/domain.ts';

/** How far a phase of a run is: `done` of `total` units; `total` 0 when unknown. */
export interface PhaseProgress {
  readonly phase: string;
  readonly done: number;
  readonly total: number;
}

export type LogLevel = 'info' | 'warn' | 'error';

/** What a stage gets to work with. */
export interface StageContext {
  readonly runId: number;
  /** Every row of the run is stamped with this instant, so that a resumed run writes what an unbroken one would. */
  readonly instant: Instant;
  readonly today: Day;
  /** Aborts when the run is cancelled. A stage throws or returns then; the run is cancelled either way. */
  readonly signal: AbortSignal;
  readonly consumer: Consumer;
  /** The one connection that writes. */
  readonly database: Database;
  /** Was this item finished, in this attempt of the run or in an earlier one? */
  isDone(key: string): boolean;
  /** What `commitItem` stored for a finished item. */
  resultOf(key: string): JsonValue | undefined;
  /** Writes an item's rows and the note that it is done in one transaction. What `write` throws undoes both. */
  commitItem(key: string, durationMs: number, write: () => JsonValue | undefined): void;
  /**
   * Notes that an item failed, in the run and in its log; the run goes on, and a resumed one tries again. Where the
   * database itself failed, it throws that error again: no other item would fare better.
   */
  failItem(key: string, durationMs: number, error: ErrorRecord): void;
  /** May be called often: what is stored and sent is thinned out. */
  progress(progress: PhaseProgress): void;
  log(level: LogLevel, message: string, options?: { code?: ErrorCode; detail?: ErrorDetail }): void;
}

/** The work of one kind of run. Its result is stored with the run. */
export type Stage<Parameters> = (context: StageContext, parameters: Parameters) => Promise<JsonValue>;

/** One part of a pipeline: a kind of run and its parameters. */
export interface PlannedRun {
  readonly stage: RunKind;
  readonly parameters: unknown;
}

/** What the run service knows about one kind of run; made by `defineStage` and `definePipeline`. */
export type RunDefinition = {
  /** The parameters with their defaults filled in; refuses with `USAGE`. */
  parse(given: unknown): JsonValue;
} & (
  | { readonly type: 'stage'; run(context: StageContext, parameters: JsonValue): Promise<JsonValue> }
  | { readonly type: 'pipeline'; plan(parameters: JsonValue): readonly PlannedRun[] }
);

export type RunRegistry = Readonly<Partial<Record<RunKind, RunDefinition>>>;

/** A kind of run that does work: its parameters' schema and the stage. */
export function defineStage<Parameters>(
  schema: z.ZodType<Parameters>,
  stage: Stage<Parameters>,
): RunDefinition {
  return {
    type: 'stage',
    parse: (given) => parse(schema, given) as JsonValue,
    run: (context, parameters) => stage(context, parse(schema, parameters)),
  };
}

/** A kind of run that runs others one after the other; it stops at the first that fails. */
export function definePipeline<Parameters>(
  schema: z.ZodType<Parameters>,
  plan: (parameters: Parameters) => readonly PlannedRun[],
): RunDefinition {
  return {
    type: 'pipeline',
    parse: (given) => parse(schema, given) as JsonValue,
    plan: (parameters) => plan(parse(schema, parameters)),
  };
}

function parse<Parameters>(schema: z.ZodType<Parameters>, given: unknown): Parameters {
  return validate(schema, given, { code: 'USAGE', subject: 'parameters' });
}
