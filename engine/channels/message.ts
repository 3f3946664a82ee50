import { createHash } from 'node:crypto';
import { z } from 'zod';
import { languages } from '../contract/domain.ts';

const file = z.object({
  /** A file's name without folders. */
  name: z.string(),
  mediaType: z.string(),
  base64: z.string(),
});

/** What goes out, the same for every channel; each takes what it can show. */
export const messageSchema = z.object({
  /** The document: `forecast/2026-11-21/regular.ru`. Each channel gets it once. */
  document: z.string(),
  language: z.enum(languages),
  subject: z.string(),
  /** The whole document as plain text. */
  text: z.string(),
  /** The whole document as a page that mail programs show as it is meant. */
  html: z.string(),
  /** A picture for a post. */
  card: file.nullable(),
  files: z.array(file),
});

export type Message = z.infer<typeof messageSchema>;
export type MessageFile = z.infer<typeof file>;

/** A file of a message. */
export function messageFile(name: string, mediaType: string, content: string | Uint8Array): MessageFile {
  return { name, mediaType, base64: Buffer.from(content).toString('base64') };
}

export const fileBytes = (of: MessageFile): Buffer => Buffer.from(of.base64, 'base64');

/** All that a folder keeps of a message: its files, its picture, and its plain text, under the document's own name. */
export function keptFiles({ document, text, card, files }: Message): readonly MessageFile[] {
  const name = document.split('/').at(-1)!;
  const plain = messageFile(`${name}.txt`, 'text/plain; charset=utf-8', text);
  return [...files, ...(card ? [card] : []), plain].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The name of a message that is safe in file names, headers and addresses: `forecast-2026-11-21-regular-ru`. */
export function slugOf(document: string): string {
  return document.replaceAll(/[^A-Za-z0-9-]+/g, '-').replaceAll(/^-+|-+$/g, '');
}

/** Tells two messages apart. */
export function messageHash(message: Message): string {
  return createHash('sha256').update(JSON.stringify(message)).digest('hex');
}
