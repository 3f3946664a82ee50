import { ORPCError } from '@orpc/server';
import { toDatabaseError } from '../../../db/errors.ts';
import { AppError, toAppError, toErrorRecord } from '../../contract/errors.ts';

/**
 * What leaves the engine in the place of anything thrown, whichever way the call came: the contract's one error, with a
 * code of the closed list. An input that does not fit the contract is `USAGE`, with what was expected where.
 */
export function toRefusal(thrown: unknown, databasePath: string): Error {
  if (thrown instanceof ORPCError) {
    const issues = thrown.code === 'BAD_REQUEST' ? issuesOf(thrown.data) : undefined;
    if (issues === undefined) return thrown;
    return wrap(new AppError('USAGE', `The call was refused: ${issues.join('; ')}.`, { detail: { issues } }));
  }
  return wrap(toAppError(toDatabaseError(thrown, databasePath)));
}

function wrap(error: AppError): Error {
  return new ORPCError('APP_ERROR', {
    defined: true,
    status: 400,
    message: error.message,
    data: toErrorRecord(error),
    cause: error,
  });
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
