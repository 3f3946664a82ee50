import { AppError } from '../contract/errors.ts';
import type { Writer } from './writer.ts';
import { csvWriter } from './writers/csv.ts';
import { htmlWriter } from './writers/html.ts';
import { jsonWriter } from './writers/json.ts';
import { markdownWriter } from './writers/markdown.ts';

/** Every format, one line each. */
const writers: readonly Writer[] = [htmlWriter, markdownWriter, csvWriter, jsonWriter];

export const formats: readonly string[] = writers.map((writer) => writer.format);

/** The writer of a format; `CONFIGURATION_INVALID` names the known ones. */
export function writerOf(format: string): Writer {
  const writer = writers.find((candidate) => candidate.format === format);
  if (writer) return writer;
  throw new AppError(
    'CONFIGURATION_INVALID',
    `Expected a document format (${formats.join(', ')}), got "${format}".`,
    { detail: { key: 'formats', expected: formats, got: format } },
  );
}
