import { Button, Popover } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { GridFilter, GridSort } from '../../../engine/contract/grid.ts';
import type { GridColumn } from './column.ts';
import { FilterEditor } from './filter-editor.tsx';
import { directionOf } from './sort-state.ts';
import classes from './data-grid.module.css';

/** What can be done with a column beside sorting by a click. */
export interface ColumnActions {
  readonly sort: (direction: GridSort['direction'] | undefined, isAdded: boolean) => void;
  readonly filter: (filter: GridFilter | undefined) => void;
  readonly pin: (isPinned: boolean) => void;
  readonly move: (by: -1 | 1) => void;
  readonly widen: (by: number) => void;
  readonly hide: () => void;
}

export interface ColumnPanelProps<Row> {
  readonly column: GridColumn<Row>;
  readonly sort: readonly GridSort[];
  readonly filter: GridFilter | undefined;
  readonly isPinned: boolean;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly actions: ColumnActions;
}

/** The menu of a column: its definition, its filter, its order and its place. Everything a mouse can drag is here too. */
export function ColumnPanel<Row>(props: ColumnPanelProps<Row>) {
  const { column, sort, filter, isPinned, isOpen, onOpen, actions } = props;
  const { t } = useTranslation('components');
  const direction = directionOf(sort, column.id);
  const sortButton = (wanted: GridSort['direction']) => (
    <Button
      variant={direction === wanted ? 'light' : 'default'}
      size="xs"
      px={6}
      aria-pressed={direction === wanted}
      onClick={(event) => {
        actions.sort(direction === wanted ? undefined : wanted, event.shiftKey);
      }}
    >
      {t(`grid.sort.${wanted}`)}
    </Button>
  );
  return (
    <Popover
      opened={isOpen}
      onChange={onOpen}
      width={280}
      position="bottom-end"
      trapFocus
      shadow="md"
      returnFocus
    >
      <Popover.Target>
        <button
          type="button"
          tabIndex={-1}
          className={filter === undefined ? classes.headMenu : `${classes.headMenu} ${classes.filtered}`}
          aria-label={t('grid.menu', { column: column.title })}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          onClick={() => {
            onOpen(!isOpen);
          }}
        >
          <span aria-hidden>{filter === undefined ? '⋮' : '▼'}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={classes.panel}>
          <p className={classes.panelTitle}>{column.title}</p>
          {column.definition !== undefined && <p className={classes.panelText}>{column.definition}</p>}
          {column.filter !== undefined && (
            <FilterEditor
              kind={column.filter}
              filter={filter}
              onFilter={actions.filter}
              title={column.title}
            />
          )}
          {column.isSortable !== false && (
            <div className={classes.actions}>
              {sortButton('asc')}
              {sortButton('desc')}
            </div>
          )}
          <div className={classes.actions}>
            <Button
              variant="default"
              size="xs"
              px={6}
              onClick={() => {
                actions.move(-1);
              }}
            >
              {t('grid.move-back')}
            </Button>
            <Button
              variant="default"
              size="xs"
              px={6}
              onClick={() => {
                actions.move(1);
              }}
            >
              {t('grid.move-on')}
            </Button>
            <Button
              variant="default"
              size="xs"
              px={6}
              onClick={() => {
                actions.widen(-24);
              }}
            >
              {t('grid.narrower')}
            </Button>
            <Button
              variant="default"
              size="xs"
              px={6}
              onClick={() => {
                actions.widen(24);
              }}
            >
              {t('grid.wider')}
            </Button>
            <Button
              variant="default"
              size="xs"
              px={6}
              onClick={() => {
                actions.pin(!isPinned);
              }}
            >
              {isPinned ? t('grid.unpin') : t('grid.pin')}
            </Button>
            <Button variant="default" size="xs" px={6} onClick={actions.hide}>
              {t('grid.hide')}
            </Button>
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
