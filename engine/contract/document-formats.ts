/** Every format that documents are written in, those for reading first. */
export const documentFormats = [
  'html',
  'md',
  'csv',
  'json',
  'txt',
  'mail.html',
  'ics',
  'rss',
  'xlsx',
  'pdf',
  'png',
] as const;
export type DocumentFormat = (typeof documentFormats)[number];

/** What is written where nobody asks for anything else: for reading, for programs, and what channels send. */
export const usualFormats = [
  'html',
  'md',
  'csv',
  'json',
  'txt',
  'mail.html',
] as const satisfies readonly DocumentFormat[];

/** What a message to a channel is made of: its text, its letter, and its picture. */
export const messageFormats = ['txt', 'mail.html'] as const satisfies readonly DocumentFormat[];
export const cardFormat = 'png' satisfies DocumentFormat;

/** The formats in a list such as `html, pdf`; undefined where a name is no format's. */
export function documentFormatsIn(text: string): readonly DocumentFormat[] | undefined {
  const names = text.split(',').map((name) => name.trim());
  const known = documentFormats.filter((format) => names.includes(format));
  return names.every((name) => documentFormats.some((format) => format === name)) ? known : undefined;
}
