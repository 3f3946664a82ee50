import type { Day, Instant } from '../../../contract/domain.ts';
import type { EvaluationReport } from '../../../contract/evaluation.ts';
import type { Locale } from '../../../documents/locale.ts';
import { writerOf } from '../../../documents/registry.ts';
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
  const writers = formats.map(writerOf);
  const document = evaluationDocument(report, locale, made);
  const paths: string[] = [];
  for (const writer of writers) {
    const path = safeJoin(folder, `evaluation.${locale.language}.${writer.format}`);
    await writeFileAtomic(path, writer.write(document, locale));
    paths.push(path);
  }
  return paths;
}
