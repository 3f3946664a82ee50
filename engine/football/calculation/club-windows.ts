/** Each club's last matches as rows of numbers. */
export interface ClubWindows {
  /** How many matches are held of the club, at most the window's length. */
  held(club: number): number;
  add(club: number, row: readonly number[]): void;
  /** Mean of one number over the newest `matches` held; NaN where fewer than `minimum` are. */
  mean(club: number, column: number, over: { readonly matches: number; readonly minimum: number }): number;
  /** Sum of one number over the newest `matches` held. */
  sum(club: number, column: number, matches: number): number;
  /** One number of the match `age` matches back, 0 (the default) for the newest; NaN where none is held. */
  newest(club: number, column: number, age?: number): number;
  clear(club: number): void;
}

/** @param length matches kept of a club @param width numbers of a match */
export function createClubWindows(clubs: number, length: number, width: number): ClubWindows {
  const ring = new Float64Array(clubs * length * width);
  const count = new Int32Array(clubs);
  const held = (club: number) => Math.min(count[club]!, length);
  const slot = (club: number, age: number) => (club * length + ((count[club]! - 1 - age) % length)) * width;

  function sum(club: number, column: number, matches: number): number {
    let total = 0;
    const end = Math.min(held(club), matches);
    for (let age = 0; age < end; age++) total += ring[slot(club, age) + column]!;
    return total;
  }

  return {
    held,
    sum,
    add(club, row) {
      const at = (club * length + (count[club]! % length)) * width;
      for (let i = 0; i < width; i++) ring[at + i] = row[i]!;
      count[club]! += 1;
    },
    mean(club, column, { matches, minimum }) {
      const n = Math.min(held(club), matches);
      return n >= minimum ? sum(club, column, matches) / n : NaN;
    },
    newest: (club, column, age = 0) => (age < held(club) ? ring[slot(club, age) + column]! : NaN),
    clear(club) {
      count[club] = 0;
    },
  };
}
