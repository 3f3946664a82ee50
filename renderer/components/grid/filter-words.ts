import type { TFunction } from 'i18next';
import type { GridFilter } from '../../../engine/contract/grid.ts';
import type { Format } from '../format-values.ts';
import type { ColumnFilter } from './column.ts';

/** A filter in words, for its chip: `from 1 Jan 2024`, `at least 60 %`, `Serie A, Ligue 1`. */
export function filterWords(
  filter: GridFilter,
  column: { readonly filter?: ColumnFilter },
  { t, format }: { readonly t: TFunction; readonly format: Format },
): string {
  switch (filter.kind) {
    case 'text':
      return t('components:grid.words.contains', { text: filter.contains });
    case 'set': {
      const choices = column.filter?.kind === 'set' ? column.filter.choices : [];
      const labels = filter.values.map(
        (value) => choices.find((choice) => choice.value === value)?.label ?? value,
      );
      return labels.length > 3
        ? t('components:grid.words.more', { list: labels.slice(0, 2).join(', '), count: labels.length - 2 })
        : labels.join(', ');
    }
    case 'day':
      return rangeWords('day', { low: filter.from, high: filter.until, text: (day) => format.day(day) }, t);
    case 'number': {
      const isShare = column.filter?.kind === 'number' && column.filter.isShare === true;
      const text = (value: number) =>
        isShare ? format.percent(value, 1) : format.number(value, Number.isInteger(value) ? 0 : 2);
      return rangeWords('number', { low: filter.min, high: filter.max, text }, t);
    }
  }
}

interface Range<End> {
  readonly low: End | undefined;
  readonly high: End | undefined;
  readonly text: (end: End) => string;
}

function rangeWords<End>(kind: 'day' | 'number', { low, high, text }: Range<End>, t: TFunction): string {
  if (low !== undefined && high !== undefined) return `${text(low)} – ${text(high)}`;
  if (low !== undefined) return t(`components:grid.words.${kind}-from`, { end: text(low) });
  return high === undefined ? '' : t(`components:grid.words.${kind}-until`, { end: text(high) });
}
