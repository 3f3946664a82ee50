import { useState } from 'react';
import type { FocusEvent, KeyboardEvent, MouseEvent } from 'react';
import { cellOf } from './cell-id.ts';
import { headRow, moved } from './selection.ts';
import type { GridSize, Selection } from './selection.ts';

export interface GridSelectionOptions {
  readonly size: () => GridSize;
  /** Brings the cell that was gone to into sight. */
  readonly onGo: (selection: Selection) => void;
  readonly onCopy: (selection: Selection) => void;
  /** Enter upon a heading; with Shift the order of other columns is kept. */
  readonly onSort: (column: number, isAdded: boolean) => void;
  readonly onMenu: (column: number) => void;
  /** Enter upon a cell: the link or button within it, else its row. */
  readonly onOpen: (row: number, column: number) => void;
}

export interface GridSelection {
  readonly selection: Selection | undefined;
  readonly clear: () => void;
  /** For the element that has the focus. */
  readonly handlers: {
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
    readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
    readonly onMouseDown: (event: MouseEvent<HTMLElement>) => void;
    readonly onMouseMove: (event: MouseEvent<HTMLElement>) => void;
  };
}

const firstHeading: Selection = { anchorRow: headRow, anchorColumn: 0, row: headRow, column: 0 };

/** The marked cells and the one gone to, by keys after the pattern of grids and by the mouse. */
export function useGridSelection(options: GridSelectionOptions): GridSelection {
  const [selection, setSelection] = useState<Selection>();

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    // Keys within a column's menu are its own.
    if (event.target !== event.currentTarget) return;
    const now = selection ?? firstHeading;
    const size = options.size();
    const ctrl = event.ctrlKey || event.metaKey;
    if (ctrl && event.code === 'KeyC') {
      if (selection !== undefined && selection.row !== headRow) options.onCopy(selection);
    } else if (ctrl && event.code === 'KeyA' && size.rows > 0) {
      setSelection({ anchorRow: 0, anchorColumn: 0, row: size.rows - 1, column: size.columns - 1 });
    } else if ((event.altKey && event.key === 'ArrowDown') || event.key === 'ContextMenu') {
      options.onMenu(now.column);
    } else if (event.key === 'Enter') {
      if (now.row === headRow) options.onSort(now.column, event.shiftKey);
      else options.onOpen(now.row, now.column);
    } else {
      const next = moved(now, { key: event.key, ctrl, shift: event.shiftKey }, size);
      if (next === undefined) return;
      setSelection(next);
      options.onGo(next);
    }
    event.preventDefault();
  };

  const select = (event: MouseEvent<HTMLElement>, isDrag: boolean) => {
    const cell = cellOf(event.target);
    if (cell === undefined || event.button !== 0) return;
    if (isDrag && (event.buttons !== 1 || selection === undefined)) return;
    const { row, column } = cell;
    if (isDrag && selection?.row === row && selection.column === column) return;
    const isLonger = (isDrag || event.shiftKey) && selection !== undefined && selection.anchorRow !== headRow;
    setSelection(
      isLonger ? { ...selection, row, column } : { anchorRow: row, anchorColumn: column, row, column },
    );
  };

  return {
    selection,
    clear: () => {
      setSelection(undefined);
    },
    handlers: {
      onKeyDown,
      onFocus: (event) => {
        if (event.target === event.currentTarget && selection === undefined) setSelection(firstHeading);
      },
      onMouseDown: (event) => {
        select(event, false);
      },
      onMouseMove: (event) => {
        select(event, true);
      },
    },
  };
}
