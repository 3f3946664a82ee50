import type { Locale } from '../../../documents/locale.ts';
import type { Bet } from '../../settlement/table.ts';
import type { ForecastTypeName } from './registry.ts';

/** The name of a forecast type: `Total goals`; `Тотал голов`. */
export function typeName(type: ForecastTypeName, locale: Locale): string {
  return locale.t(`forecast-types.${type}.name`);
}

/** The short sign that its readers know: `Over 2.5`; `ТБ 2,5`, `П1`, `ИТ1М 1,5`, `Ф2 (+1)`. */
export function betSign(bet: Omit<Bet, 'sport'>, locale: Locale): string {
  return wording(bet, 'signs', locale);
}

/** The same in words: `more than 2.5 goals`; `больше 2,5 гола`. */
export function betWords(bet: Omit<Bet, 'sport'>, locale: Locale): string {
  return wording(bet, 'words', locale);
}

function wording(bet: Omit<Bet, 'sport'>, form: 'signs' | 'words', locale: Locale): string {
  const { market, selection, line } = bet;
  if (market === 'exact-score' && selection !== 'other') return selection;
  const key = `forecast-types.${market}.${form}.${selection}`;
  if (line === undefined) return locale.t(key);
  const isHandicap = market === 'asian-handicap' || market === 'european-handicap';
  if (!isHandicap) return locale.t(key, { line: lineText(line, locale) });
  // Kept as goals given to the home side; a reader sees those given to the side that is bet on.
  const given = selection === 'away' ? 0 - line : line;
  return locale.t(key, { line: `${given > 0 ? '+' : ''}${lineText(given, locale)}` });
}

function lineText(line: number, locale: Locale): string {
  return locale.number(line, Number.isInteger(line) ? 0 : Number.isInteger(line * 2) ? 1 : 2);
}
