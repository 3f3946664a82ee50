/**
 * Finds what somebody meant to type: small letters for capitals, letters without their marks, one typing error a word,
 * the other keyboard layout (`руты` for `heys`), and the other alphabet (`спартак` for `Spartak`).
 */

const latinKeys = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const cyrillicKeys = 'ёйцукенгшщзхъфывапролджэячсмитьбю';

const keyToCyrillic = new Map([...latinKeys].map((key, at) => [key, cyrillicKeys[at]!]));
const keyToLatin = new Map([...cyrillicKeys].map((key, at) => [key, latinKeys[at]!]));

/** What the same keys give on the other layout: `руты` -> `hens`, `heys` -> `руны`. */
export function otherLayout(text: string): string {
  const swap = (letter: string) => keyToLatin.get(letter) ?? keyToCyrillic.get(letter) ?? letter;
  return [...text.toLowerCase()].map(swap).join('');
}

const romanized: Readonly<Record<string, string>> = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l' },
  ...{ м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch' },
  ...{ ш: 'sh', щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya' },
};

/** Cyrillic letters as Latin ones, as passports do it; others stay. */
export function romanize(text: string): string {
  return [...text].map((letter) => romanized[letter] ?? letter).join('');
}

/** Small letters without their marks, and nothing but letters and digits between single spaces. */
export function foldText(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Is it so within so many typing errors (a letter too many, too few, wrong, or two swapped)? */
export function isWithinErrors(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return false;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1));
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwapped) cost = Math.min(cost, before[j - 2]! + 1);
      next.push(cost);
    }
    if (Math.min(...next) > most) return false;
    before = row;
    row = next;
  }
  return row[b.length]! <= most;
}

/** A name made ready to be searched in. */
export interface SearchableText {
  readonly words: readonly string[];
  /** The first letters of the words. */
  readonly initials: string;
}

export function searchable(...texts: readonly string[]): SearchableText {
  const folded = texts.map(foldText).filter((text) => text !== '');
  const all = new Set(folded.flatMap((text) => [text, romanize(text)]).flatMap((text) => text.split(' ')));
  const words = [...all].filter((word) => word !== '');
  return {
    words,
    initials: (folded[0] ?? '')
      .split(' ')
      .map((word) => word[0] ?? '')
      .join(''),
  };
}

/** What was typed, read in each way it may have been meant. The first is as typed. */
export interface Wanted {
  readonly readings: readonly (readonly string[])[];
}

export function wanted(typed: string): Wanted {
  const asTyped = foldText(typed);
  const swapped = foldText(otherLayout(typed));
  const texts = [...new Set([asTyped, romanize(asTyped), swapped, romanize(swapped)])];
  return { readings: texts.map((text) => text.split(' ').filter((word) => word !== '')) };
}

/**
 * How well a text fits, from above 0 to 1; 0 where it does not. Every word that was typed must be found: as a whole word,
 * the beginning of one, inside of one, as initials, or with a typing error.
 */
export function matchScore(text: SearchableText, { readings }: Wanted): number {
  let best = 0;
  for (const [at, words] of readings.entries()) {
    if (words.length === 0) continue;
    let sum = 0;
    for (const word of words) {
      const score = wordScore(text, word);
      if (score === 0) {
        sum = 0;
        break;
      }
      sum += score;
    }
    // Another layout or alphabet than was typed is the less likely reading.
    best = Math.max(best, (sum / words.length) * (at === 0 ? 1 : 0.9));
  }
  return best;
}

function wordScore({ words, initials }: SearchableText, word: string): number {
  let best = word.length > 1 && initials.startsWith(word) ? 0.6 : 0;
  for (const [at, candidate] of words.entries()) {
    const place = at === 0 ? 1 : 0.97;
    if (candidate === word) return place;
    if (candidate.startsWith(word)) best = Math.max(best, 0.9 * place);
    else if (word.length > 2 && candidate.includes(word)) best = Math.max(best, 0.5);
    else if (best < 0.45 && word.length > 3) {
      const errors = word.length > 7 ? 2 : 1;
      // Errors are looked for in the beginning of a word too: it may not be typed to its end yet.
      const begun = candidate.slice(0, word.length);
      if (isWithinErrors(candidate, word, errors) || isWithinErrors(begun, word, 1)) best = 0.45;
    }
  }
  return best;
}
