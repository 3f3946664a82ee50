import type { z } from 'zod';
import { AppError } from '../../contract/errors.ts';

/**
 * A source's mapping file, checked against its schema.
 *
 * @param of the source's name, and what its mapping names
 * @throws AppError `CONFIGURATION_INVALID` naming what is missing or wrong
 */
export function parseMapping<Mapping>(
  schema: z.ZodType<Mapping>,
  given: unknown,
  of: { readonly source: string; readonly names: string },
): Mapping {
  if (given === undefined) {
    throw new AppError(
      'CONFIGURATION_INVALID',
      `The source ${of.source} needs --mapping: a JSON file that names ${of.names}.`,
    );
  }
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new AppError(
    'CONFIGURATION_INVALID',
    `The mapping's ${issue.path.join('.') || 'content'} is not as expected: ${issue.message}.`,
    { detail: { path: issue.path.map(String) } },
  );
}
