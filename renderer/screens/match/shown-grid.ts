/** A grid of scores with its far rows and columns added up in the last one: `values[home][away]`. */
export function shownGrid(cells: readonly number[], size: number, shown: number): number[][] {
  const values = Array.from({ length: shown }, () => Array.from({ length: shown }, () => 0));
  cells.forEach((probability, at) => {
    const home = Math.min(shown - 1, Math.floor(at / size));
    const away = Math.min(shown - 1, at % size);
    values[home]![away]! += probability;
  });
  return values;
}
