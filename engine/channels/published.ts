import { readFile, readdir } from 'node:fs/promises';
import { z } from 'zod';
import { cardFormat, messageFormats } from '../contract/document-formats.ts';
import type { Day, Language } from '../contract/domain.ts';
import { AppError } from '../contract/errors.ts';
import { mediaTypeOf } from '../documents/registry.ts';
import { safeJoin } from '../runtime/files.ts';
import { messageFile } from './message.ts';
import type { Message } from './message.ts';

export interface PublishedName {
  /** E.g. `forecast`, `outcome`. */
  readonly kind: string;
  readonly day: Day;
  /** E.g. `regular`, `quality`. */
  readonly variant: string;
  readonly language: Language;
}

const titles = z.object({ title: z.string(), subtitle: z.string() });

/**
 * A published document as a message: its plain text, its mail, its picture, and every other format as a file.
 *
 * @param folder the documents' own
 * @returns undefined where the document was not published
 * @throws AppError `CONFIGURATION_INVALID` where it was, but not as plain text and mail
 */
export async function readPublished(folder: string, of: PublishedName): Promise<Message | undefined> {
  const { kind, day, variant, language } = of;
  const place = safeJoin(folder, kind, day);
  const start = `${variant}.${language}.`;
  const names = (await entriesOf(place)).filter((name) => name.startsWith(start)).sort();
  if (names.length === 0) return undefined;
  const absent = messageFormats.filter((format) => !names.includes(start + format));
  if (absent.length > 0) {
    throw new AppError(
      'CONFIGURATION_INVALID',
      `${kind}/${day}/${variant}.${language} was not published as ${absent.join(', ')}, which channels send.`,
      { detail: { key: 'formats', expected: messageFormats, got: names } },
    );
  }
  const read = (name: string): Promise<Buffer> => readFile(safeJoin(place, name));
  const text = (await read(`${start}txt`)).toString('utf8');
  const files = [];
  let card: Message['card'] = null;
  for (const name of names) {
    const format = name.slice(start.length);
    if (messageFormats.some((one) => one === format)) continue;
    const file = messageFile(name, mediaTypeOf(format), await read(name));
    if (format === cardFormat) card = file;
    else files.push(file);
  }
  return {
    document: `${kind}/${day}/${variant}.${language}`,
    language,
    subject: names.includes(`${start}json`) ? subjectOf(await read(`${start}json`)) : firstLine(text),
    text,
    html: (await read(`${start}mail.html`)).toString('utf8'),
    card,
    files,
  };
}

async function entriesOf(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
}

function subjectOf(json: Buffer): string {
  const { title, subtitle } = titles.parse(JSON.parse(json.toString('utf8')));
  return `${title} · ${subtitle}`;
}

const firstLine = (text: string): string => text.slice(0, text.indexOf('\n'));
