import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PublishedType } from '../../../engine/contract/forecasts.ts';
import { useFormat } from '../format.ts';
import type { Format } from '../format.ts';

/** What is named: a type, its label and its line. */
export interface Said {
  readonly type: PublishedType;
  readonly label: string;
  readonly line: number | null;
}

export interface ForecastWords {
  /** `Total goals`. */
  type(type: PublishedType): string;
  /** `Over 2.5`, `1`. */
  sign(said: Said): string;
  /** `more than 2.5 goals`. */
  words(said: Said): string;
  /** What a set keeps, in a word: `over`, `both`, `1X`; null without a set. */
  set(said: Said, set: number | null): string | null;
  /** A label without its line: `Over`. */
  label(type: PublishedType, label: string): string;
}

const resultLabels: Readonly<Record<string, string>> = { H: 'home', D: 'draw', A: 'away' };

/** The signs and words of the documents, in the language that is shown. */
export function useForecastWords(): ForecastWords {
  const { t } = useTranslation(['engine', 'forecasts']);
  const format = useFormat();
  return useMemo(() => forecastWords(t, format), [t, format]);
}

function forecastWords(t: TFunction, format: Format): ForecastWords {
  const text = (form: 'signs' | 'words', { type, label, line }: Said): string =>
    t(`engine:forecast-types.${type}.${form}.${resultLabels[label] ?? label}`, {
      line: line === null ? '' : format.number(line, Number.isInteger(line * 2) ? 1 : 2),
    });
  const sign = (said: Said): string => text('signs', said);
  return {
    type: (type) => t(`engine:forecast-types.${type}.name`),
    sign,
    words: (said) => text('words', said),
    set: (said, set) => {
      if (set === null) return null;
      if (said.type === '1x2') return t(`engine:labels.set-sign.${set}`);
      const kept = labelsOf(said.type).filter((_, at) => (set & (1 << at)) !== 0);
      if (kept.length !== 1) return kept.length === 0 ? '∅' : t('forecasts:short.both');
      return t(`forecasts:short.${kept[0]}`);
    },
    label: (type, label) => text('signs', { type, label, line: null }).trim(),
  };
}

/** The labels of a type in the order of their bits. */
function labelsOf(type: PublishedType): readonly string[] {
  if (type === '1x2') return ['H', 'D', 'A'];
  return type === 'both-score' || type === 'home-scores' || type === 'away-scores'
    ? ['yes', 'no']
    : ['over', 'under'];
}
