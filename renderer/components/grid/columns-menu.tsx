import { Button, Checkbox, Popover, ScrollArea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { GridColumn } from './column.ts';
import type { ColumnState } from './column-state.ts';
import classes from './data-grid.module.css';

export interface ColumnsMenuProps<Row> {
  readonly columns: readonly GridColumn<Row>[];
  readonly state: ColumnState;
  readonly onState: (state: ColumnState) => void;
  readonly onReset: () => void;
}

/** Which columns are shown. One stays: a grid without columns could not be brought back. */
export function ColumnsMenu<Row>({ columns, state, onState, onReset }: ColumnsMenuProps<Row>) {
  const { t } = useTranslation('components');
  const ordered = state.order.flatMap((id) => columns.find((column) => column.id === id) ?? []);
  const shownCount = ordered.length - state.hidden.length;
  return (
    <Popover width={260} position="bottom-end" trapFocus shadow="md" returnFocus>
      <Popover.Target>
        <Button variant="default" size="xs">
          {t('grid.columns', { shown: shownCount, all: ordered.length })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={classes.panel} role="group" aria-label={t('grid.choose-columns')}>
          <ScrollArea.Autosize mah={320}>
            {ordered.map(({ id, title }) => {
              const isShown = !state.hidden.includes(id);
              return (
                <Checkbox
                  key={id}
                  size="xs"
                  py={4}
                  label={title}
                  checked={isShown}
                  disabled={isShown && shownCount === 1}
                  onChange={() => {
                    const hidden = isShown ? [...state.hidden, id] : state.hidden.filter((one) => one !== id);
                    onState({ ...state, hidden });
                  }}
                />
              );
            })}
          </ScrollArea.Autosize>
          <Button variant="default" size="xs" onClick={onReset}>
            {t('grid.reset-columns')}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
