import type { TFunction } from 'i18next';
import type { Format } from '../../components/format.ts';

/** One selection of a type, as the engine names it. */
export interface ShownBet {
  readonly type: string;
  readonly selection: string;
  readonly line: number | null;
}

const handicaps = ['asian-handicap', 'european-handicap'];

/** The short sign that readers know: `Over 2.5`, `1X`, `AH 2 (+1)`; in Russian `ТБ 2,5`, `Ф2 (+1)`. */
export function betSign(bet: ShownBet, t: TFunction, format: Format): string {
  const { type, selection, line } = bet;
  if (type === 'exact-score' && selection !== 'other') return selection;
  const key = `engine:forecast-types.${type}.signs.${selection}`;
  if (line === null) return t(key, { defaultValue: selection });
  // Kept as goals given to the home side; a reader sees those given to the side that is bet on.
  const given = handicaps.includes(type) && selection === 'away' ? 0 - line : line;
  const digits = Number.isInteger(given) ? 0 : Number.isInteger(given * 2) ? 1 : 2;
  const text = format.number(given, digits);
  return t(key, { line: handicaps.includes(type) && given > 0 ? `+${text}` : text, defaultValue: selection });
}
