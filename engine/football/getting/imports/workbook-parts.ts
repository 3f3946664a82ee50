import { unzipSync } from 'fflate';
import { AppError } from '../../../contract/errors.ts';
import { largestFileBytes } from '../decode.ts';

/** Parts of a workbook; real ones have a few dozen. */
const mostParts = 4000;
/** A sheet's markup is some ten times its values; what claims more than this is made to fill the memory. */
const mostUnpackedBytes = 8 * largestFileBytes;

/** The parts of a workbook that hold values, as texts. */
export interface WorkbookParts {
  /** A part by its path within the workbook; undefined where there is none. */
  text(path: string): string | undefined;
}

const compoundFile = [0xd0, 0xcf, 0x11, 0xe0];
const zipFile = [0x50, 0x4b, 0x03, 0x04];

const begins = (bytes: Uint8Array, mark: readonly number[]) => mark.every((byte, i) => bytes[i] === byte);

/** Whether the bytes are those of a workbook: a zip, or the older form that cannot be read. */
export function looksLikeWorkbook(bytes: Uint8Array): boolean {
  return begins(bytes, zipFile) || begins(bytes, compoundFile);
}

/**
 * Unpacks what of a workbook holds values, nothing else of it. No part is unpacked before all that is claimed of them has
 * been added up, and none grows beyond its claim.
 *
 * @throws AppError `FILE_FORMAT` where it is no workbook of Excel's present form, `SOURCE_TOO_LARGE`
 */
export function openWorkbook(bytes: Uint8Array): WorkbookParts {
  if (begins(bytes, compoundFile)) {
    throw new AppError(
      'FILE_FORMAT',
      'The workbook is of the old form (.xls) or locked by a password: save it as .xlsx without one.',
    );
  }
  let [count, unpacked] = [0, 0];
  let parts: Record<string, Uint8Array>;
  try {
    parts = unzipSync(bytes, {
      filter({ name, originalSize }) {
        count++;
        const isNeeded =
          /^xl\/(workbook|sharedStrings|styles)\.xml$|^xl\/_rels\/workbook\.xml\.rels$|^xl\/worksheets\/[^/]+\.xml$/i.test(
            name,
          );
        if (isNeeded) unpacked += originalSize;
        if (count > mostParts || unpacked > mostUnpackedBytes) throw tooLarge();
        return isNeeded;
      },
    });
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('FILE_FORMAT', 'The file is not a whole workbook.', { cause: error });
  }
  const byPath = new Map(Object.entries(parts).map(([path, content]) => [path.toLowerCase(), content]));
  if (!byPath.has('xl/workbook.xml')) {
    throw new AppError('FILE_FORMAT', 'The file is an archive, but no workbook: expected .xlsx.');
  }
  return {
    text(path) {
      const content = byPath.get(path.toLowerCase());
      if (content === undefined) return undefined;
      const text = new TextDecoder().decode(content);
      // A workbook has no document type; one that has wants to define entities.
      if (/<!DOCTYPE|<!ENTITY/i.test(text)) {
        throw new AppError('FILE_FORMAT', `The workbook's part ${path} defines a document type.`);
      }
      return text;
    },
  };
}

function tooLarge(): AppError {
  return new AppError('SOURCE_TOO_LARGE', 'The workbook claims to hold more than a table of matches can.');
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text as it was before it was written into markup. */
export function unescapeText(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return named[name] ?? whole;
    const code = typeof decimal === 'string' ? Number(decimal) : parseInt(String(hex), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** An attribute of a tag's inside; undefined where it has none. */
export function attribute(inside: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|\\s)(?:\\w+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(inside);
  const text = value?.[1] ?? value?.[2];
  return text === undefined ? undefined : unescapeText(text);
}

/** An element of markup: its attributes as they are written, and what stands between its tags. */
export interface MarkupElement {
  readonly inside: string;
  readonly content: string;
}

/**
 * The elements of a name, one after the other, those within another of the same name aside. Looks at each letter a bounded
 * number of times, whatever the markup is.
 *
 * @throws AppError `FILE_TRUNCATED` where one is never closed
 */
export function* elements(markup: string, name: string): Generator<MarkupElement> {
  const opening = new RegExp(`<((?:\\w+:)?${name})((?:\\s[^<>]*)?)>|<((?:\\w+:)?${name})/>`, 'g');
  for (let match = opening.exec(markup); match; match = opening.exec(markup)) {
    const [, tag, inside = ''] = match;
    if (tag === undefined || inside.endsWith('/')) {
      yield { inside: inside.replace(/\/$/, ''), content: '' };
      continue;
    }
    const end = markup.indexOf(`</${tag}>`, opening.lastIndex);
    if (end < 0) throw new AppError('FILE_TRUNCATED', `The workbook is cut off: <${tag}> never ends.`);
    yield { inside, content: markup.slice(opening.lastIndex, end) };
    opening.lastIndex = end;
  }
}
