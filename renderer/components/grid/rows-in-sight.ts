/** Which part of a long list is looked at. */
export interface Sight {
  /** The first row in sight, wherever the list ends. */
  readonly row: number;
  /** How many rows there is room for. */
  readonly rows: number;
  /** Rows are passing by. */
  readonly isMoving: boolean;
}

export interface DrawnRow {
  readonly index: number;
  /** The place that the row's elements keep: a row that comes into sight takes over those of one that left. */
  readonly slot: number;
}

/** Rows that are drawn beyond either edge, so that a turn of the wheel finds them there. */
const ahead = 5;

/** The first and the last row to draw; the last is before the first where there are none. */
export function drawnRange({ row, rows }: Sight, count: number): readonly [first: number, last: number] {
  if (rows === 0) return [0, -1];
  // A list that has become shorter is seen at its end.
  const from = Math.max(0, Math.min(row, count - rows));
  return [Math.max(0, from - ahead), Math.min(count - 1, from + rows - 1 + ahead)];
}

/**
 * The rows to draw. While they move, each element stays at its place in the document, since putting elements in another
 * order costs as much as making them; at rest they stand in the order of reading.
 */
export function drawnRows(sight: Sight, count: number): readonly DrawnRow[] {
  const [first, last] = drawnRange(sight, count);
  const slots = sight.rows + 2 * ahead;
  const drawn = Array.from({ length: last - first + 1 }, (_, at) => ({
    index: first + at,
    slot: (first + at) % slots,
  }));
  return sight.isMoving ? drawn.sort((one, other) => one.slot - other.slot) : drawn;
}
