import type { Locale } from './locale.ts';
import type { DocumentModel } from './model.ts';

/** One output format. `write` is pure: the same document and locale give the same text. */
export interface Writer {
  /** The name in settings and parameters; also the file's ending. */
  readonly format: string;
  readonly mediaType: string;
  write(document: DocumentModel, locale: Locale): string;
}
