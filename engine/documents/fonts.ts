import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Roboto with its Cyrillic, which comes with the PDF library under a licence that lets it be passed on. The same letters
 * are set in PDF and in pictures on every machine, whatever fonts that has.
 */
const folder = join(
  dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')),
  'fonts',
  'Roboto',
);

export const fontFiles = {
  normal: join(folder, 'Roboto-Regular.ttf'),
  bold: join(folder, 'Roboto-Medium.ttf'),
  italics: join(folder, 'Roboto-Italic.ttf'),
  bolditalics: join(folder, 'Roboto-MediumItalic.ttf'),
} as const;

/** Signs that the font lacks, by ones of the same meaning that it has. */
const stand: Readonly<Record<string, string>> = { '✓': '√', '✗': '×', '→': '›', '∅': 'Ø', '−': '–' };

export const withFontSigns = (text: string): string =>
  text.replaceAll(/[✓✗→∅−]/g, (sign) => stand[sign] ?? sign);
