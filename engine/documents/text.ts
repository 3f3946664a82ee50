/**
 * Text from outside (team names above all) may hold anything. JSON keeps it as it is; every other format shows this
 * cleaned form in one line: control characters and line breaks become spaces, characters that re-order the text
 * around them are dropped (letters of right-to-left scripts stay), broken surrogates are replaced.
 */
export function singleLine(text: string): string {
  return text
    .toWellFormed()
    .replace(reorderingCharacters, '')
    .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** Embeddings, overrides, isolates and marks of the bidirectional algorithm, and the byte order mark. */
const reorderingCharacters = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Shortens to at most `length` characters as a reader counts them. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const characters: string[] = [];
  // A "character" may be a long pile of combining marks, so only so much of the text is looked at.
  const start = text.slice(0, length * 8);
  for (const { segment } of segmenter.segment(start)) {
    if (characters.length === length) return `${characters.slice(0, length - 1).join('')}…`;
    characters.push(segment);
  }
  return start.length < text.length ? `${characters.slice(0, length - 1).join('')}…` : characters.join('');
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Text for HTML and SVG, in content and in double- or single-quoted attributes. */
export function escapeMarkup(text: string): string {
  return singleLine(text).replace(/[&<>"'`]/g, (character) => markupEntities[character] ?? character);
}

const markupEntities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Text for Markdown (CommonMark and GitHub's tables) in which nothing is read as markup, link or HTML. */
export function escapeMarkdown(text: string): string {
  return singleLine(text)
    .replace(/[\\`*_[\]<>#|~$&{}]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/(?<=www)\./gi, '\\.')
    .replace(/^([-+=])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

/** Text for a spreadsheet: what a program would take for a formula is led by an apostrophe. */
export function escapeFormula(text: string): string {
  const line = singleLine(text);
  return /^\s*[=+\-@＝＋－＠|%]/u.test(line) ? `'${line}` : line;
}
