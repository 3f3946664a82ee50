import type { ExportFormat, ExportTable } from '../contract/exports.ts';
import type { Instant, Language } from '../contract/domain.ts';
import { loadLocale } from '../documents/locale.ts';
import { writeDocument } from '../documents/registry.ts';
import { tableDocument } from '../documents/table-document.ts';
import { serve, transfer } from './serve.ts';

export interface ExportTask {
  readonly table: ExportTable;
  readonly format: ExportFormat;
  readonly language: Language;
  readonly madeAt: Instant;
}

/** Writes a table in one format and moves its bytes over. */
export const writeTable = serve(async ({ table, format, language, madeAt }: ExportTask) => {
  const locale = loadLocale(language);
  const document = tableDocument(table, locale, { at: madeAt, language });
  const content = await writeDocument(document, locale, format);
  // A copy of its own: a view into a larger buffer cannot be moved alone.
  return transfer(typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content));
});
