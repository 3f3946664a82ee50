/** Earlier matches that a forecast is compared with, and how many of the nearest are named and counted. */
export const nearestRules = { considered: 20_000, named: 5, counted: 50 } as const;

/**
 * The rows nearest to one in the chosen features, each scaled by its standard deviation over the rows: root mean square
 * difference. A missing value counts as the mean. Equal distances keep the order of the rows.
 *
 * @param rows values of the earlier matches, row-major; columns as in `names`
 */
export function nearestRows(
  own: Float64Array,
  rows: Float64Array,
  options: { readonly names: readonly string[]; readonly chosen: readonly string[]; readonly count: number },
): { row: number; distance: number }[] {
  const { names, chosen, count } = options;
  const width = names.length;
  const total = rows.length / width;
  const squares = new Float64Array(total);
  let used = 0;
  for (const name of chosen) {
    const column = names.indexOf(name);
    if (column < 0) continue;
    const { mean, deviation } = spreadOf(rows, width, column);
    if (!(deviation > 0)) continue;
    used++;
    const z = (value: number) => (Number.isFinite(value) ? (value - mean) / deviation : 0);
    const mine = z(own[column]!);
    for (let row = 0; row < total; row++) squares[row]! += (z(rows[row * width + column]!) - mine) ** 2;
  }
  if (used === 0) return [];
  return Array.from(squares, (square, row) => ({ row, distance: Math.sqrt(square / used) }))
    .sort((a, b) => a.distance - b.distance || a.row - b.row)
    .slice(0, count);
}

function spreadOf(rows: Float64Array, width: number, column: number): { mean: number; deviation: number } {
  let n = 0;
  let mean = 0;
  let squares = 0;
  for (let at = column; at < rows.length; at += width) {
    const value = rows[at]!;
    if (!Number.isFinite(value)) continue;
    n++;
    const distance = value - mean;
    mean += distance / n;
    squares += distance * (value - mean);
  }
  return { mean, deviation: n > 1 ? Math.sqrt(squares / n) : 0 };
}
