import { outcomeClasses } from '../../contract/domain.ts';
import { AppError } from '../../contract/errors.ts';
import type { Locale } from '../../documents/locale.ts';
import type { Cell } from '../../documents/model.ts';

/** The market whose forecasts are published. */
export const forecastType = '1x2';

/** Class order 0 home, 1 draw, 2 away. */
export type ClassIndex = 0 | 1 | 2;
export const classIndices: readonly ClassIndex[] = [0, 1, 2];

/** The class of a stored label (`H`, `D`, `A`). */
export function classOf(label: string): ClassIndex {
  const index = outcomeClasses.findIndex((candidate) => candidate === label);
  if (index === 0 || index === 1 || index === 2) return index;
  throw new AppError('INTERNAL', `Expected a label of ${outcomeClasses.join(', ')}, got "${label}".`);
}

/** The class that a score in regular time settles. */
export function resultOf(homeGoals: number, awayGoals: number): ClassIndex {
  return homeGoals > awayGoals ? 0 : homeGoals === awayGoals ? 1 : 2;
}

const names = ['home', 'draw', 'away'] as const;

/** `1`, `X`, `2`; in Russian `П1`, `Х`, `П2`. */
export function signOf(index: ClassIndex, locale: Locale): string {
  return locale.t(`labels.sign.${names[index]}`);
}

/** `home win`, `draw`, `away win`. */
export function wordsOf(index: ClassIndex, locale: Locale): string {
  return locale.t(`labels.words.${names[index]}`);
}

/** Whether the set, a bit mask (1 home, 2 draw, 4 away), holds the class. */
export function holds(set: number, index: ClassIndex): boolean {
  return (set & (1 << index)) !== 0;
}

/** `1X`, `12`, ...; null where there is no set. */
export function setSign(set: number | null, locale: Locale): string | null {
  return set === null ? null : locale.t(`labels.set-sign.${set}`);
}

/** A set with its meaning in words; `null` is "not enough history". */
export function setCell(set: number | null, locale: Locale): Cell {
  if (set === null)
    return { kind: 'set', sign: null, words: locale.t('labels.set-words.not-enough'), size: 0 };
  return {
    kind: 'set',
    sign: locale.t(`labels.set-sign.${set}`),
    words: locale.t(`labels.set-words.${set}`),
    size: classIndices.filter((index) => holds(set, index)).length,
  };
}
