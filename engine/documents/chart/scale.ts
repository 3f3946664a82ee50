/** Round numbers, about `count` of them, that span the values; the ends lie at or beyond them. */
export function niceTicks(from: number, to: number, count = 5): number[] {
  const span = to - from > 0 ? to - from : Math.abs(from) || 1;
  const raw = span / Math.max(1, count - 1);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((each) => each >= raw - 1e-12 * raw)!;
  const first = Math.floor(from / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(to / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step);
}

/** Where a value lies between two others, as a share. */
export const shareBetween = (value: number, from: number, to: number): number => (value - from) / (to - from);

/** Digits after the point that tell the ticks apart. */
export function tickDigits(ticks: readonly number[]): number {
  const step = (ticks[1] ?? 1) - (ticks[0] ?? 0);
  for (let digits = 0; digits < 6; digits++) {
    if (Math.abs(Math.round(step * 10 ** digits) - step * 10 ** digits) < 1e-6) return digits;
  }
  return 6;
}
