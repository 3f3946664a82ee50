/**
 * The closed list of error codes. Each is worded for users in `resources/locales/*` under `errors.<code>`;
 * the English sentence that travels with the error is the developer's.
 */
export const errorCodes = [
  'CANCELLED',
  'USAGE',
  'INTERNAL',
  'NOT_FOUND',
  'CONFIGURATION_INVALID',
  'SECRETS_LOCKED',
  'DATABASE_BUSY',
  'DATABASE_CORRUPT',
  'DATABASE_NEWER',
  'DATABASE_READ_ONLY',
  'BACKUP_FAILED',
  'DISK_WRITE_FAILED',
  'WORKER_FAILED',
  'WORKER_KILLED',
  'SOURCE_UNKNOWN',
  'SOURCE_UNREACHABLE',
  'SOURCE_REFUSED',
  'SOURCE_NOT_FOUND',
  'SOURCE_RATE_LIMITED',
  'SOURCE_TIMEOUT',
  'SOURCE_TOO_LARGE',
  'FILE_FORMAT',
  'FILE_COLUMNS',
  'FILE_TRUNCATED',
  'ROW_INVALID',
  'TEAM_UNRESOLVED',
  'MATCH_CONFLICT',
  'STANDINGS_MISSING',
  'FEATURES_MISSING',
  'FEATURES_MISMATCH',
  'PREDICTIONS_MISSING',
  'OUTCOMES_MISSING',
  'STATISTICS_MISSING',
  'HISTORY_TOO_SHORT',
  'CHECKS_FAILED',
  'MODEL_INVALID',
  'MODEL_UNKNOWN',
  'EXPORT_UNSUPPORTED',
  'FUTURE_DATA',
  'DELIVERY_FAILED',
  'OFFLINE',
  'RUN_NOT_RESUMABLE',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** What a user's sentence is filled with; never secrets. */
export type ErrorDetail = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** The one error type of the product: a code from the list, a developer's sentence, detail, and the kept cause. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;

  constructor(code: ErrorCode, message: string, options: { detail?: ErrorDetail; cause?: unknown } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'AppError';
    this.code = code;
    this.detail = options.detail ?? {};
  }
}

/** Wraps anything thrown into an `AppError`, leaving an `AppError` as it is. */
export function toAppError(thrown: unknown, code: ErrorCode = 'INTERNAL'): AppError {
  if (thrown instanceof AppError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError(code, message, { cause: thrown });
}

/** The form in which an error crosses a thread, a port or a file. */
export interface ErrorRecord {
  readonly code: ErrorCode;
  readonly message: string;
  readonly detail: ErrorDetail;
}

export function toErrorRecord(thrown: unknown): ErrorRecord {
  const error = toAppError(thrown);
  return { code: error.code, message: error.message, detail: error.detail };
}

export function fromErrorRecord(record: ErrorRecord): AppError {
  return new AppError(record.code, record.message, { detail: record.detail });
}
