/**
 * An order of things in which near ones stand side by side: the leaves of an average-linkage tree (Sokal & Michener 1958),
 * joined nearest first. `distances` is n x n and symmetric. O(n cubed), so for some hundred things at most.
 */
export function clusterOrder(distances: Float64Array, n: number): number[] {
  const held = distances.slice();
  const groups: (number[] | undefined)[] = Array.from({ length: n }, (_, at) => [at]);
  for (let joins = 1; joins < n; joins++) {
    const [a, b] = nearestPair(held, groups);
    const first = groups[a]!;
    const second = groups[b]!;
    for (let k = 0; k < n; k++) {
      if (k === a || k === b || !groups[k]) continue;
      const mean =
        (first.length * held[a * n + k]! + second.length * held[b * n + k]!) / (first.length + second.length);
      held[a * n + k] = mean;
      held[k * n + a] = mean;
    }
    groups[a] = [...first, ...second];
    groups[b] = undefined;
  }
  return groups.find((group) => group !== undefined) ?? [];
}

function nearestPair(held: Float64Array, groups: readonly (number[] | undefined)[]): [number, number] {
  const n = groups.length;
  let best: [number, number] = [0, 0];
  let least = Infinity;
  for (let a = 0; a < n; a++) {
    if (!groups[a]) continue;
    for (let b = a + 1; b < n; b++) {
      if (groups[b] && held[a * n + b]! < least) [best, least] = [[a, b], held[a * n + b]!];
    }
  }
  // Distances that are no numbers join in the order of their places.
  if (least === Infinity) {
    const left = groups.flatMap((group, at) => (group ? [at] : []));
    return [left[0]!, left[1]!];
  }
  return best;
}
