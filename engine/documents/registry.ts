import { usualFormats } from '../contract/document-formats.ts';
import { AppError } from '../contract/errors.ts';
import type { Locale } from './locale.ts';
import type { DocumentModel } from './model.ts';
import type { BinaryWriter, Writer } from './writer.ts';
import { calendarWriter } from './writers/calendar.ts';
import { csvWriter } from './writers/csv.ts';
import { feedWriter } from './writers/feed.ts';
import { htmlWriter } from './writers/html.ts';
import { jsonWriter } from './writers/json.ts';
import { mailWriter } from './writers/mail.ts';
import { markdownWriter } from './writers/markdown.ts';
import { pdfWriter } from './writers/pdf.ts';
import { pictureWriter } from './writers/picture.ts';
import { sheetWriter } from './writers/sheet.ts';
import { textWriter } from './writers/text.ts';

/** Every format, one line each. */
const textWriters: readonly Writer[] = [
  htmlWriter,
  markdownWriter,
  csvWriter,
  jsonWriter,
  textWriter,
  mailWriter,
  calendarWriter,
  feedWriter,
];
const binaryWriters: readonly BinaryWriter[] = [sheetWriter, pdfWriter, pictureWriter];
const writers: readonly (Writer | BinaryWriter)[] = [...textWriters, ...binaryWriters];

/** What is written where nobody asks for anything else. */
export const formats: readonly string[] = usualFormats;

export const allFormats: readonly string[] = writers.map(({ format }) => format);

export const isTextFormat = (format: string): boolean =>
  textWriters.some((writer) => writer.format === format);

/** The writer of a format that is text; `CONFIGURATION_INVALID` names the known ones. */
export function writerOf(format: string): Writer {
  return textWriters.find((writer) => writer.format === format) ?? refuse(format, textWriters);
}

/** What a format's files are on the wire; `CONFIGURATION_INVALID` names the known formats. */
export const mediaTypeOf = (format: string): string => anyWriter(format).mediaType;

/** A document in any format: text, or bytes where the format is not text. */
export async function writeDocument(
  document: DocumentModel,
  locale: Locale,
  format: string,
): Promise<string | Uint8Array> {
  const writer = anyWriter(format);
  return 'write' in writer ? writer.write(document, locale) : writer.writeBytes(document, locale);
}

const anyWriter = (format: string): Writer | BinaryWriter =>
  writers.find((writer) => writer.format === format) ?? refuse(format, writers);

function refuse(format: string, known: readonly { readonly format: string }[]): never {
  const names = known.map((writer) => writer.format);
  throw new AppError(
    'CONFIGURATION_INVALID',
    `Expected a document format (${names.join(', ')}), got "${format}".`,
    { detail: { key: 'formats', expected: names, got: format } },
  );
}
