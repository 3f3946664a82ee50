import { useTranslation } from 'react-i18next';
import type { GridFilters } from '../../../engine/contract/grid.ts';
import { useFormat } from '../format.ts';
import type { GridColumn } from './column.ts';
import { filterWords } from './filter-words.ts';
import classes from './data-grid.module.css';

export interface FilterChipsProps<Row> {
  readonly columns: readonly GridColumn<Row>[];
  readonly filters: GridFilters;
  readonly titles: Readonly<Record<string, string>>;
  readonly onEdit: (id: string) => void;
  readonly onRemove: (id: string) => void;
  readonly onClear: () => void;
}

/** The filters that are on, in words; each is edited by a click and removed by its cross. */
export function FilterChips<Row>({
  columns,
  filters,
  titles,
  onEdit,
  onRemove,
  onClear,
}: FilterChipsProps<Row>) {
  const { t } = useTranslation(['components']);
  const format = useFormat();
  const active = Object.entries(filters);
  return (
    <>
      {active.map(([id, filter]) => {
        const column = columns.find((one) => one.id === id);
        const title = column?.title ?? titles[id] ?? id;
        const words = filterWords(filter, column ?? {}, { t, format });
        return (
          <span key={id} className={classes.chip}>
            <button
              type="button"
              className={`${classes.chipEdit} ${classes.chipText}`}
              title={`${title}: ${words}`}
              onClick={() => {
                onEdit(id);
              }}
            >
              <bdi>{`${title}: ${words}`}</bdi>
            </button>
            <button
              type="button"
              className={classes.chipRemove}
              aria-label={t('grid.remove-filter', { column: title })}
              onClick={() => {
                onRemove(id);
              }}
            >
              <span aria-hidden>×</span>
            </button>
          </span>
        );
      })}
      {active.length > 1 && (
        <button type="button" className={classes.clear} onClick={onClear}>
          {t('grid.clear-filters')}
        </button>
      )}
    </>
  );
}
