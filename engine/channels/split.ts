/**
 * Cuts a text into pieces of at most `limit` UTF-16 units, at the last empty line that fits, else at the last line, else
 * at the last space, else between two characters. Nothing but the white space at the cuts is lost.
 */
export function splitText(text: string, limit: number): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest.length > limit) {
    const cut = cutOf(rest, limit);
    pieces.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  return rest === '' ? pieces : [...pieces, rest];
}

function cutOf(text: string, limit: number): number {
  for (const sign of ['\n\n', '\n', ' ']) {
    const at = text.lastIndexOf(sign, limit);
    // A cut near the beginning would leave a scrap.
    if (at > limit / 4) return at;
  }
  // Never within a character that takes two units.
  const unit = text.charCodeAt(limit - 1);
  return unit >= 0xd800 && unit < 0xdc00 ? limit - 1 : limit;
}
