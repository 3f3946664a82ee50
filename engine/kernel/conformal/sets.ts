/**
 * Prediction sets as bit masks: bit k is class k. For home, draw, away: 1 home, 2 draw, 4 away, 3 home or
 * draw, and so on.
 */

/** Rounding of 1 - level must not decide whether a p-value exceeds it. */
const slack = 1e-9;

/**
 * The classes whose p-value exceeds 1 - level: {y : p_y > alpha}. `level` is the coverage promised, such as
 * 0.9.
 */
export function setAtLevel(
  pValues: ArrayLike<number>,
  level: number,
  offset = 0,
  classes = pValues.length - offset,
): number {
  let mask = 0;
  for (let k = 0; k < classes; k++) if (pValues[offset + k]! - (1 - level) > slack) mask |= 1 << k;
  return mask;
}

export function hasClass(mask: number, k: number): boolean {
  return ((mask >> k) & 1) === 1;
}

export function setSize(mask: number): number {
  let size = 0;
  for (let rest = mask; rest > 0; rest &= rest - 1) size++;
  return size;
}

/** The classes of a mask, ascending. */
export function setClasses(mask: number): number[] {
  const classes: number[] = [];
  for (let k = 0; mask >> k > 0; k++) if (hasClass(mask, k)) classes.push(k);
  return classes;
}

/** Credibility: the largest p-value (small: unlike anything seen). Confidence: 1 - the second largest. */
export function credibilityAndConfidence(
  pValues: ArrayLike<number>,
  offset = 0,
  classes = pValues.length - offset,
): { credibility: number; confidence: number } {
  let first = 0;
  let second = 0;
  for (let k = 0; k < classes; k++) {
    const p = pValues[offset + k]!;
    if (p > first) {
      second = first;
      first = p;
    } else if (p > second) second = p;
  }
  return { credibility: first, confidence: 1 - second };
}
