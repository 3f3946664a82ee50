import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { PublishedType } from '../../../engine/contract/forecasts.ts';
import type { RecordGroup } from '../../../engine/contract/results.ts';
import { useForecastWords } from '../../components/forecast/forecast-words.ts';
import { useFormat } from '../../components/format.ts';
import type { ResultsSearch } from './route.tsx';

/** Names the groups of a record in words. */
export function useGroupNames(by: ResultsSearch['by']): (group: RecordGroup) => string {
  const { t } = useTranslation('results');
  const words = useForecastWords();
  const format = useFormat();
  return useCallback(
    ({ key, name }: RecordGroup) => {
      switch (by) {
        case 'type':
          return words.type(key as PublishedType);
        case 'label': {
          const [type, label] = key.split(' ') as [PublishedType, string];
          return `${words.type(type)}: ${words.label(type, label)}`;
        }
        case 'month':
          return format.month(`${key}-01`);
        case 'strength':
          return format.range(Number(key) / 100, (Number(key) + 5) / 100, (value) =>
            format.percent(value, 0),
          );
        case 'selection':
          return t(`record.selection.${key}`);
        default:
          return name;
      }
    },
    [by, t, words, format],
  );
}
