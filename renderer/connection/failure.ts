import { ORPCError } from '@orpc/client';
import type { ErrorCode } from '../../engine/contract/errors.ts';

/** A failed call as the screens show it. */
export interface Failure {
  /** `CONNECTION_LOST` is the screens' own: the engine could not be asked. */
  readonly code: ErrorCode | 'CONNECTION_LOST';
  /** The developer's sentence. */
  readonly message: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Reads whatever a call threw. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof ORPCError) {
    const data = thrown.data as Partial<Failure> | undefined;
    if (thrown.code === 'APP_ERROR' && data?.code) {
      return { code: data.code, message: data.message ?? thrown.message, detail: data.detail ?? {} };
    }
    // What did not fit the contract's schema was refused before any procedure saw it.
    const code = thrown.code === 'BAD_REQUEST' ? 'USAGE' : 'INTERNAL';
    return { code, message: thrown.message, detail: issuesOf(thrown.data) };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (isAbort(thrown)) return { code: 'CONNECTION_LOST', message, detail: {} };
  return { code: 'INTERNAL', message, detail: {} };
}

/** The client library throws these when the line breaks in the middle of a call. */
function isAbort(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    (thrown.name === 'AbortError' || /closed|not open|aborted/i.test(thrown.message))
  );
}

function issuesOf(data: unknown): Readonly<Record<string, unknown>> {
  const issues = (data as { issues?: unknown } | undefined)?.issues;
  return Array.isArray(issues) ? { issues } : {};
}
