import { narrowestColumn, widestColumn } from './column-state.ts';
import type { ColumnState } from './column-state.ts';

/** A column by one place among those that are shown, or to the place of another one. */
export function movedColumn(state: ColumnState, id: string, to: -1 | 1 | string): ColumnState {
  const visible = state.order.filter((one) => !state.hidden.includes(one));
  const target = typeof to === 'string' ? to : visible[visible.indexOf(id) + to];
  const from = state.order.indexOf(id);
  const place = target === undefined ? -1 : state.order.indexOf(target);
  if (from < 0 || place < 0) return state;
  const order = state.order.filter((one) => one !== id);
  order.splice(place, 0, id);
  return { ...state, order };
}

/** A column of another width, within what can be read and grasped. */
export function withWidth(state: ColumnState, id: string, width: number): ColumnState {
  const fitting = Math.round(Math.min(widestColumn, Math.max(narrowestColumn, width)));
  return { ...state, widths: { ...state.widths, [id]: fitting } };
}
