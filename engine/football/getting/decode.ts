import { AppError } from '../../contract/errors.ts';

/** Files larger than this are refused: no season comes near it. */
export const largestFileBytes = 32 * 1024 * 1024;

export const encodings = ['utf-8', 'utf-16le', 'windows-1251', 'windows-1252'] as const;
export type Encoding = (typeof encodings)[number];

/**
 * The text of a file: a byte order mark decides, then valid UTF-8, then the national code page.
 *
 * @param encoding what the file is known to be written in; default found out
 * @throws AppError `FILE_FORMAT` for empty, binary or HTML content, `SOURCE_TOO_LARGE`
 */
export function decodeText(bytes: Uint8Array, encoding?: Encoding): { text: string; encoding: Encoding } {
  if (bytes.length === 0) throw new AppError('FILE_FORMAT', 'The file is empty.');
  if (bytes.length > largestFileBytes) {
    throw new AppError(
      'SOURCE_TOO_LARGE',
      `The file has ${bytes.length} bytes; at most ${largestFileBytes} are read.`,
    );
  }
  const found = encoding ?? detectEncoding(bytes);
  const text = new TextDecoder(found).decode(bytes);
  if (text.trim() === '') throw new AppError('FILE_FORMAT', 'The file is empty.');
  if (/^\s*(<!doctype\s+html|<html|<head|<body|<\?xml)/i.test(text.slice(0, 2000))) {
    throw new AppError('FILE_FORMAT', 'The file is a web page, not data: the address may have moved.');
  }
  if (text.slice(0, 4000).includes('\0')) {
    throw new AppError('FILE_FORMAT', 'The file is binary, not text.');
  }
  return { text, encoding: found };
}

function detectEncoding(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return looksCyrillic(bytes) ? 'windows-1251' : 'windows-1252';
  }
}

/**
 * Russian text has runs of letters above 0xC0; in Western names such letters stand alone among ASCII ones
 * ("Bayern München").
 */
function looksCyrillic(bytes: Uint8Array): boolean {
  let pairs = 0;
  let letters = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i]! < 0xc0) continue;
    letters++;
    if (i > 0 && bytes[i - 1]! >= 0xc0) pairs++;
  }
  return pairs * 2 > letters;
}

/** The value of a JSON text. @throws AppError `FILE_TRUNCATED` where it never ends, `FILE_FORMAT` where it is none */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const isCut = !/[\]}]\s*$/.test(text);
    throw new AppError(
      isCut ? 'FILE_TRUNCATED' : 'FILE_FORMAT',
      isCut ? 'The file is cut off: its JSON never ends.' : 'The file is not JSON.',
      { cause },
    );
  }
}
