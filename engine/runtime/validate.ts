import type { z } from 'zod';
import { AppError } from '../contract/errors.ts';
import type { ErrorCode } from '../contract/errors.ts';
import { redactText } from './redact.ts';

/**
 * Checks a value that comes from outside. The refusal names the place, what was expected and what came.
 *
 * @param options.subject what the value is, e.g. `setting threads`; stands at the head of the sentence
 */
export function validate<Value>(
  schema: z.ZodType<Value>,
  value: unknown,
  options: { readonly code: ErrorCode; readonly subject: string },
): Value {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const place = issue.path.length > 0 ? `${issue.path.map(String).join('.')}: ` : '';
    return `${place}${issue.message}, got ${shown(issue.input)}`;
  });
  throw new AppError(options.code, `${options.subject}: ${problems.join('; ')}`, {
    detail: { subject: options.subject, problems },
    cause: parsed.error,
  });
}

function shown(value: unknown): string {
  const text = redactText(value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value));
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
