import { ORPCError } from '@orpc/server';
import { toDatabaseError } from '../../../db/errors.ts';
import { AppError, toAppError, toErrorRecord, type ErrorRecord } from '../../contract/errors.ts';

interface Refusal {
  readonly error: Error;
  /** What the error says; undefined where the protocol itself refused. */
  readonly record?: ErrorRecord;
}

/**
 * What leaves the engine in the place of anything thrown, whichever way the call came: the contract's one error, with a
 * code of the closed list. An input that does not fit the contract is `USAGE`, with what was expected where.
 */
export function toRefusal(thrown: unknown, databasePath: string): Refusal {
  if (thrown instanceof ORPCError) {
    const issues = thrown.code === 'BAD_REQUEST' ? issuesOf(thrown.data) : undefined;
    if (issues === undefined) return { error: thrown };
    return wrap(new AppError('USAGE', `The call was refused: ${issues.join('; ')}.`, { detail: { issues } }));
  }
  return wrap(toAppError(toDatabaseError(thrown, databasePath)));
}

function wrap(cause: AppError): Refusal {
  const record = toErrorRecord(cause);
  const { message } = cause;
  return {
    error: new ORPCError('APP_ERROR', { defined: true, status: 400, message, data: record, cause }),
    record,
  };
}

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[];
}

function issuesOf(data: unknown): readonly string[] | undefined {
  const { issues } = (data ?? {}) as { readonly issues?: readonly Issue[] };
  return issues?.slice(0, 20).map(({ message, path = [] }) => {
    const place = path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
    return place === '' ? message : `${place}: ${message}`;
  });
}
