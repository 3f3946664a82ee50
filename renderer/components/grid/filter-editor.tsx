import { MultiSelect, NumberInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { GridFilter } from '../../../engine/contract/grid.ts';
import type { ColumnFilter } from './column.ts';
import { DelayedInput } from './delayed-input.tsx';
import classes from './data-grid.module.css';

export interface FilterEditorProps {
  readonly kind: ColumnFilter;
  readonly filter: GridFilter | undefined;
  readonly onFilter: (filter: GridFilter | undefined) => void;
  readonly title: string;
}

/** The filter of a column by what it holds: a text, a range of numbers or days, a set of values. */
export function FilterEditor({ kind, filter, onFilter, title }: FilterEditorProps) {
  const { t } = useTranslation('components');
  switch (kind.kind) {
    case 'text':
      return (
        <DelayedInput
          label={t('grid.filter.contains')}
          value={filter?.kind === 'text' ? filter.contains : ''}
          onValue={(contains) => {
            onFilter(contains.trim() === '' ? undefined : { kind: 'text', contains: contains.trim() });
          }}
        />
      );
    case 'number':
      return <NumberRange isShare={kind.isShare === true} filter={filter} onFilter={onFilter} />;
    case 'day':
      return <DayRange filter={filter} onFilter={onFilter} />;
    case 'set':
      return (
        <MultiSelect
          size="xs"
          label={t('grid.filter.any-of')}
          aria-label={t('grid.filter.values-of', { column: title })}
          data={[...kind.choices]}
          value={filter?.kind === 'set' ? filter.values : []}
          onChange={(values) => {
            onFilter(values.length === 0 ? undefined : { kind: 'set', values });
          }}
          searchable
          clearable
          comboboxProps={{ withinPortal: false }}
        />
      );
  }
}

type NumberFilter = Extract<GridFilter, { kind: 'number' }>;
type DayFilter = Extract<GridFilter, { kind: 'day' }>;

interface RangeProps {
  readonly filter: GridFilter | undefined;
  readonly onFilter: (filter: GridFilter | undefined) => void;
}

/** Shares are typed as per cent, as they are shown. */
function NumberRange({ filter, onFilter, isShare }: RangeProps & { readonly isShare: boolean }) {
  const { t, i18n } = useTranslation('components');
  const held: NumberFilter = filter?.kind === 'number' ? filter : { kind: 'number' };
  const scale = isShare ? 100 : 1;
  const set = (end: 'min' | 'max', typed: string | number) => {
    const { [end]: _, ...rest } = held;
    const next: NumberFilter = typed === '' ? rest : { ...rest, [end]: Number(typed) / scale };
    onFilter(next.min === undefined && next.max === undefined ? undefined : next);
  };
  const input = (end: 'min' | 'max', label: string) => (
    <NumberInput
      size="xs"
      label={label}
      value={held[end] === undefined ? '' : Number((held[end] * scale).toPrecision(12))}
      onChange={(typed) => {
        set(end, typed);
      }}
      decimalSeparator={i18n.language === 'ru' ? ',' : '.'}
      suffix={isShare ? ' %' : ''}
      hideControls
    />
  );
  return (
    <div className={classes.pair}>
      {input('min', t('grid.filter.at-least'))}
      {input('max', t('grid.filter.at-most'))}
    </div>
  );
}

function DayRange({ filter, onFilter }: RangeProps) {
  const { t } = useTranslation('components');
  const held: DayFilter = filter?.kind === 'day' ? filter : { kind: 'day' };
  const set = (end: 'from' | 'until', typed: string) => {
    const { [end]: _, ...rest } = held;
    const next: DayFilter = typed === '' ? rest : { ...rest, [end]: typed };
    onFilter(next.from === undefined && next.until === undefined ? undefined : next);
  };
  const input = (end: 'from' | 'until') => (
    <TextInput
      type="date"
      size="xs"
      label={t(`grid.filter.${end}`)}
      value={held[end] ?? ''}
      onChange={(event) => {
        set(end, event.currentTarget.value);
      }}
    />
  );
  return (
    <div className={classes.pair}>
      {input('from')}
      {input('until')}
    </div>
  );
}
