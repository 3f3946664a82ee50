import type { CancelSignal, ReportProgress } from './domain.ts';
import type { ErrorRecord } from './errors.ts';

/**
 * What the consumer (main side) and `serve` (worker side) say to each other. Nobody else needs it, except `transfer`
 * and `WorkerContext`.
 */
export interface WorkMessage<Task> {
  readonly id: number;
  readonly task: Task;
  /** One Int32, shared by all items of a call of `Consumer.run`: not 0 asks them to stop. */
  readonly cancelFlag: Int32Array<SharedArrayBuffer>;
  /** Whether anybody listens to progress. */
  readonly reports: boolean;
}

export type WorkAnswer<Result> = {
  /** Reports are still on their way, on a port of their own; an `auspex-end` comes behind the last. */
  readonly trailing?: boolean;
} & (
  | { readonly status: 'done'; readonly value: Result; readonly durationMs: number }
  /** The value was too big to copy: it comes as a `WorkerPost` of its own. */
  | { readonly status: 'moved'; readonly durationMs: number }
  | {
      readonly status: 'failed';
      readonly error: ErrorRecord;
      readonly stack?: string;
      readonly durationMs: number;
    }
  | { readonly status: 'cancelled'; readonly durationMs: number }
);

export type WorkerPost =
  | { readonly kind: 'auspex-progress'; readonly id: number; readonly done: number; readonly total: number }
  | { readonly kind: 'auspex-moved'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'auspex-end'; readonly id: number };

/** What a handler gets beside its task. */
export interface WorkerContext {
  /** True once the caller wants no more of this: long loops read it, then return or throw; the result is not used. */
  readonly signal: CancelSignal;
  readonly report: ReportProgress;
}

/** A value whose buffers change hands instead of being copied; they are empty on the giving side afterwards. */
export class Transfer<Value> {
  readonly value: Value;
  readonly buffers: readonly ArrayBuffer[];

  constructor(value: Value, buffers: readonly ArrayBuffer[]) {
    this.value = value;
    this.buffers = buffers;
  }
}

/**
 * Hands a value over without copying its buffers: `return transfer({ rows })`. Works for what a handler returns and for
 * what `toTask` gives. By default every buffer of the value's typed arrays changes hands, however deep it lies; give the
 * list where some of them are still needed.
 */
export function transfer<Value>(
  value: Value,
  buffers: readonly ArrayBuffer[] = buffersOf(value),
): Transfer<Value> {
  return new Transfer(value, buffers);
}

/**
 * Frees every buffer of a value that was handed over, once nothing needs them. Left to the garbage collector they pile up
 * by the hundred megabytes: a long run of large results gives it little other reason to look.
 */
export function release(value: unknown): void {
  for (const buffer of buffersOf(value)) if (!buffer.detached) buffer.transfer(0);
}

/** The buffers of all typed arrays in a value, each once; shared memory is nobody's to hand over. */
function buffersOf(value: unknown): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const seen = new Set<object>();
  const look = (part: unknown): void => {
    if (typeof part !== 'object' || part === null || seen.has(part)) return;
    seen.add(part);
    if (ArrayBuffer.isView(part)) {
      if (part.buffer instanceof ArrayBuffer) buffers.add(part.buffer);
    } else if (part instanceof Map) part.forEach(look);
    else Object.values(part).forEach(look);
  };
  look(value);
  return [...buffers];
}
