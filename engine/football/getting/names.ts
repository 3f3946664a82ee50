/** Names of teams: when two are the same, and how alike two are. */

/** Letters that no decomposition turns into their plain form. */
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** A name without case, accents, punctuation and white space: `1. FC Köln` and `1 FC Koln` fold to `1fckoln`. */
export function foldName(name: string): string {
  return fold(name).replace(/[^\p{L}\p{N}]/gu, '');
}

function fold(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => plain[letter] ?? letter);
}

/** Words that say what a club is, not which. */
const common = new Set(
  'fc cf sc ac as ss us sv vfb vfl tsv tsg bk fk if afc cfc ssc sk kv rc ud cd sd ca rcd de club calcio sportclub'.split(
    ' ',
  ),
);

function words(name: string): string[] {
  const all = fold(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const telling = all.filter((word) => !common.has(word) && !/^\d+$/.test(word));
  return telling.length > 0 ? telling : all;
}

/**
 * How alike two names are, from 0 to 1: every word of the shorter name takes its most alike word of the longer one
 * (Jaro-Winkler), so that `Wolves` suits `Wolverhampton Wanderers` better than any other.
 */
export function nameSimilarity(a: string, b: string): number {
  if (foldName(a) === foldName(b)) return 1;
  const [short, long] = [words(a), words(b)].sort((x, y) => x.length - y.length) as [string[], string[]];
  const whole = jaroWinkler(short.join(''), long.join(''));
  if (short.length === 0) return whole;
  let sum = 0;
  for (const word of short) sum += Math.max(...long.map((other) => jaroWinkler(word, other)));
  // Words that only one of the names has count against it, but little: long names have many.
  const missing = (long.length - short.length) / (long.length + short.length);
  return Math.max(whole, (sum / short.length) * (1 - 0.2 * missing)) * 0.99;
}

/** Jaro-Winkler similarity (Winkler 1990), prefix weight 0.1 over at most four letters. */
function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  if (a.length === 0 || b.length === 0) return 0;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const takenOfB = new Array<boolean>(b.length).fill(false);
  const matchedA: string[] = [];
  for (let i = 0; i < a.length; i++) {
    const until = Math.min(b.length - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= until; j++) {
      if (takenOfB[j] || a[i] !== b[j]) continue;
      takenOfB[j] = true;
      matchedA.push(a[i]!);
      break;
    }
  }
  const m = matchedA.length;
  if (m === 0) return 0;
  const matchedB = [...b].filter((_, j) => takenOfB[j]);
  const halfSwaps = matchedA.filter((letter, k) => letter !== matchedB[k]).length / 2;
  const jaro = (m / a.length + m / b.length + (m - halfSwaps) / m) / 3;
  let prefix = 0;
  while (prefix < 4 && a[prefix] === b[prefix] && prefix < a.length) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}
