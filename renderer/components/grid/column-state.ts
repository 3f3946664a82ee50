import { z } from 'zod';
import type { GridColumn } from './column.ts';

/** How the analyst arranged the columns; validated, since it is read from storage and addresses. */
export const columnStateSchema = z.object({
  /** All columns from first to last; one that is not named stands where it was declared. */
  order: z.array(z.string().max(60)).max(200).default([]),
  hidden: z.array(z.string().max(60)).max(200).default([]),
  pinned: z.array(z.string().max(60)).max(200).default([]),
  widths: z.record(z.string().max(60), z.number().min(40).max(1200)).default({}),
});
export type ColumnState = z.infer<typeof columnStateSchema>;

export const narrowestColumn = 48;
export const widestColumn = 800;

/** The arrangement that the columns were declared with. */
export function declaredState<Row>(columns: readonly GridColumn<Row>[]): ColumnState {
  return {
    order: columns.map(({ id }) => id),
    hidden: columns.filter(({ isHidden }) => isHidden === true).map(({ id }) => id),
    pinned: columns.filter(({ isPinned }) => isPinned === true).map(({ id }) => id),
    widths: {},
  };
}

/** A stored arrangement fitted to the columns there are: unknown ones are dropped, new ones take their declared place. */
export function fittedState<Row>(stored: unknown, columns: readonly GridColumn<Row>[]): ColumnState {
  const declared = declaredState(columns);
  const parsed = columnStateSchema.safeParse(stored);
  if (!parsed.success) return declared;
  const known = new Set(declared.order);
  const { order, hidden, pinned, widths } = parsed.data;
  const kept = order.filter((id) => known.has(id));
  const complete = [...kept];
  declared.order.forEach((id, at) => {
    if (!complete.includes(id)) complete.splice(Math.min(at, complete.length), 0, id);
  });
  const isNew = (id: string) => !kept.includes(id);
  return {
    order: complete,
    hidden: [...hidden.filter((id) => known.has(id)), ...declared.hidden.filter(isNew)],
    pinned: [...pinned.filter((id) => known.has(id)), ...declared.pinned.filter(isNew)],
    widths: Object.fromEntries(Object.entries(widths).filter(([id]) => known.has(id))),
  };
}

const storageKey = (name: string) => `auspex.grid.${name}`;

/** What was arranged last in a grid of this name. */
export function storedColumns(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(storageKey(name)) ?? 'null') as unknown;
  } catch {
    return null;
  }
}

export function keepColumns(name: string, state: ColumnState | undefined): void {
  if (state === undefined) localStorage.removeItem(storageKey(name));
  else localStorage.setItem(storageKey(name), JSON.stringify(state));
}
