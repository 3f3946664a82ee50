import type { Locale } from './locale.ts';
import type { DocumentModel } from './model.ts';

/** One output format. `write` is pure: the same document and locale give the same text. */
export interface Writer {
  /** The name in settings and parameters; also the file's ending. */
  readonly format: string;
  readonly mediaType: string;
  write(document: DocumentModel, locale: Locale): string;
}

/** One output format that is not text. The same document and locale give the same bytes. */
export interface BinaryWriter {
  readonly format: string;
  readonly mediaType: string;
  writeBytes(document: DocumentModel, locale: Locale): Promise<Uint8Array>;
}
