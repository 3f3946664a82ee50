/** A multiset of numbers kept in order, so that counting those above a limit takes a few steps. */
export interface SortedScores {
  readonly length: number;
  insert(value: number): void;
  /** Takes out one entry equal to `value`, which must be there. */
  remove(value: number): void;
  countAtLeast(limit: number): number;
}

export function createSortedScores(): SortedScores {
  let held = new Float64Array(64);
  let length = 0;

  /** Position of the first entry that is at least `limit`. */
  function position(limit: number): number {
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (held[middle]! < limit) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    get length() {
      return length;
    },
    insert(value) {
      if (length === held.length) {
        const grown = new Float64Array(2 * length);
        grown.set(held);
        held = grown;
      }
      const at = position(value);
      held.copyWithin(at + 1, at, length++);
      held[at] = value;
    },
    remove(value) {
      const at = position(value);
      held.copyWithin(at, at + 1, length--);
    },
    countAtLeast: (limit) => length - position(limit),
  };
}
