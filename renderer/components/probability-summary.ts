import type { TFunction } from 'i18next';
import type { Format } from './format-values.ts';

/** The three probabilities in words: `home win 45.2 %, draw 27.1 %, away win 27.7 %`. */
export function probabilitySummary(
  [home, draw, away]: readonly [home: number, draw: number, away: number],
  { t, format }: { readonly t: TFunction; readonly format: Format },
): string {
  return [
    `${t('engine:labels.words.home')} ${format.probability(home)}`,
    `${t('engine:labels.words.draw')} ${format.probability(draw)}`,
    `${t('engine:labels.words.away')} ${format.probability(away)}`,
  ].join(', ');
}
