import type { Objective } from '../../math/optimize/lbfgs.ts';
import type { LawRows } from './laws/law.ts';
import { parameterOffsets } from './layout.ts';
import type { GoalModelShape } from './layout.ts';
import type { GoalMatches } from './matches.ts';
import type { GoalPenalties } from './penalties.ts';

/** Expected information of Poisson goals at a point: sum of weight * intensity * (derivative of its logarithm)^2. */
export function poissonInformation(
  shape: GoalModelShape,
  matches: GoalMatches,
  options: { readonly evaluate: Objective; readonly at: Float64Array; readonly rows: LawRows },
): Float64Array {
  const { rows, at } = options;
  const n = at.length;
  options.evaluate(at, new Float64Array(n));
  const matrix = new Float64Array(n * n);
  const offsets = parameterOffsets(shape);
  const places = new Int32Array(5);
  const signs = new Int8Array(5);
  let used = 0;
  const touch = (place: number, sign: number) => {
    places[used] = place;
    signs[used++] = sign;
  };
  const add = (amount: number) => {
    for (let i = 0; i < used; i++) {
      for (let j = 0; j < used; j++) {
        if (places[i]! < places[j]!) continue;
        matrix[places[i]! * n + places[j]!]! += amount * signs[i]! * signs[j]!;
      }
    }
    used = 0;
  };
  for (let i = 0; i < rows.rows; i++) {
    const weight = rows.weights[i]!;
    const league = rows.league[i]!;
    const home = matches.home[i]!;
    const away = matches.away[i]!;
    touch(offsets.level + league, 1);
    touch(offsets.home + league, 1);
    if (shape.clubs > 0) {
      touch(offsets.attack + home, 1);
      touch(offsets.defence + away, -1);
      if (shape.homeAdvantage === 'per-club') touch(offsets.clubHome + home, 1);
    }
    add(weight * rows.home[i]!);
    touch(offsets.level + league, 1);
    if (shape.clubs > 0) {
      touch(offsets.attack + away, 1);
      touch(offsets.defence + home, -1);
    }
    add(weight * rows.away[i]!);
  }
  return matrix;
}

/** The second derivatives of `penalise`. */
export function addPenaltyCurvature(
  shape: GoalModelShape,
  penalties: GoalPenalties,
  matrix: Float64Array,
): void {
  const { level, home, extras, end, clubHome } = parameterOffsets(shape);
  const { leagues } = shape;
  const { ridge, clubHomeRidge, pooling } = penalties;
  for (let i = 0; i < level; i++) matrix[i * end + i]! += 2 * (i < clubHome ? ridge : clubHomeRidge);
  const pool = (from: number, strength: number) => {
    if (leagues < 2) return;
    for (let i = 0; i < leagues; i++) {
      for (let j = 0; j <= i; j++) {
        matrix[(from + i) * end + from + j]! += 2 * strength * ((i === j ? 1 : 0) - 1 / leagues);
      }
    }
  };
  pool(level, pooling.level);
  pool(home, pooling.home);
  for (let from = extras; from < end; from += leagues) pool(from, pooling.law);
}

/** The law's own parameters by a difference of gradients each, on the diagonal, never below a little. */
export function addLawCurvature(
  shape: GoalModelShape,
  evaluate: Objective,
  options: { readonly at: Float64Array; readonly matrix: Float64Array },
): void {
  const { extras, end } = parameterOffsets(shape);
  const { matrix } = options;
  const x = Float64Array.from(options.at);
  const gradient = new Float64Array(end);
  const step = 1e-4;
  for (let i = extras; i < end; i++) {
    const kept = x[i]!;
    x[i] = kept + step;
    evaluate(x, gradient);
    const above = gradient[i]!;
    x[i] = kept - step;
    evaluate(x, gradient);
    x[i] = kept;
    const curvature = (above - gradient[i]!) / (2 * step);
    // Where the likelihood is flat, or bent the wrong way, a step must not become endless.
    const floor = 0.1 + matrix[i * end + i]!;
    matrix[i * end + i] = curvature > floor ? curvature : floor;
  }
}
