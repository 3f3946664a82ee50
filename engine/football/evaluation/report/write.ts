import type { Day, Instant } from '../../../contract/domain.ts';
import type { EvaluationReport } from '../../../contract/evaluation.ts';
import type { Locale } from '../../../documents/locale.ts';
import { mediaTypeOf, writeDocument } from '../../../documents/registry.ts';
import { safeJoin, writeFileAtomic } from '../../../runtime/files.ts';
import { evaluationDocument } from './document.ts';

/** Writes the report in each format, such as `evaluation.en.html`, and answers the paths. */
export async function writeEvaluationReport(
  report: EvaluationReport,
  options: {
    readonly folder: string;
    readonly formats: readonly string[];
    readonly locale: Locale;
    readonly made: { readonly at: Instant; readonly day: Day; readonly zone: string };
  },
): Promise<string[]> {
  const { folder, formats, locale, made } = options;
  // An unknown format is refused before the first file is written.
  formats.forEach(mediaTypeOf);
  const document = evaluationDocument(report, locale, made);
  const paths: string[] = [];
  for (const format of formats) {
    const path = safeJoin(folder, `evaluation.${locale.language}.${format}`);
    await writeFileAtomic(path, await writeDocument(document, locale, format));
    paths.push(path);
  }
  return paths;
}
