/** Earlier matches that a forecast is compared with, and how many of the nearest are named and counted. */
export const nearestRules = { considered: 20_000, named: 5, counted: 50 } as const;

/** A row and how far it is. */
export interface NearRow {
  readonly row: number;
  readonly distance: number;
}

/**
 * Finds the rows nearest to one in the chosen features, each scaled by its standard deviation over the rows: root mean
 * square difference. A missing value counts as the mean. Equal distances keep the order of the rows.
 *
 * @param rows values of the earlier matches, row-major; columns as in `names`
 */
export function createNearest(
  rows: Float64Array,
  { names, chosen }: { readonly names: readonly string[]; readonly chosen: readonly string[] },
): (own: Float64Array, count: number) => NearRow[] {
  const width = names.length;
  const total = rows.length / width;
  const scaled = chosen.flatMap((name) => {
    const column = names.indexOf(name);
    if (column < 0) return [];
    const { mean, deviation } = spreadOf(rows, width, column);
    if (!(deviation > 0)) return [];
    const z = (value: number) => (Number.isFinite(value) ? (value - mean) / deviation : 0);
    return [
      { column, z, values: Float64Array.from({ length: total }, (_, row) => z(rows[row * width + column]!)) },
    ];
  });
  const squares = new Float64Array(total);
  return (own, count) => {
    if (scaled.length === 0) return [];
    squares.fill(0);
    for (const { column, z, values } of scaled) {
      const mine = z(own[column]!);
      for (let row = 0; row < total; row++) squares[row]! += (values[row]! - mine) ** 2;
    }
    return smallest(squares, count).map((row) => ({
      row,
      distance: Math.sqrt(squares[row]! / scaled.length),
    }));
  };
}

/** Positions of the smallest values, ascending; of equals the first. */
function smallest(values: Float64Array, count: number): number[] {
  const found: number[] = [];
  for (let at = 0; at < values.length; at++) {
    if (found.length === count && !(values[at]! < values[found[count - 1]!]!)) continue;
    let place = found.length;
    while (place > 0 && values[at]! < values[found[place - 1]!]!) place--;
    found.splice(place, 0, at);
    if (found.length > count) found.pop();
  }
  return found;
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
