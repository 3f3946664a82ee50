/**
 * Solves `matrix x = vector` for a symmetric positive definite matrix (row-major n x n, lower triangle read) by
 * Cholesky factorisation. A matrix that is not positive definite is lifted on its diagonal, tenfold at each failure from
 * 1e-12 of its mean diagonal, so that collinear columns share their weight. Neither argument is changed.
 */
export function solvePositiveDefinite(matrix: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length;
  let trace = 0;
  for (let i = 0; i < n; i++) trace += matrix[i * n + i]!;
  const unit = Math.max(trace / n, Number.MIN_VALUE);
  for (let lift = 0; lift < unit * 1e6; lift = lift === 0 ? unit * 1e-12 : lift * 10) {
    const factor = factorize(matrix, n, lift);
    if (factor) return substitute(factor, vector);
  }
  return new Float64Array(n);
}

/**
 * The lower triangle L with L L' = matrix + lift on its diagonal, row-major n x n; undefined where that is not positive
 * definite. Only the lower triangle of the matrix is read.
 */
export function factorize(matrix: Float64Array, n: number, lift: number): Float64Array | undefined {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const rowI = i * n;
    for (let j = 0; j <= i; j++) {
      const rowJ = j * n;
      let sum = matrix[rowI + j]! + (i === j ? lift : 0);
      for (let k = 0; k < j; k++) sum -= lower[rowI + k]! * lower[rowJ + k]!;
      if (i === j) {
        // A pivot that is only rounding noise of its own diagonal would blow the step up.
        if (!(sum > 1e-13 * Math.abs(matrix[rowI + i]!))) return undefined;
        lower[rowI + i] = Math.sqrt(sum);
      } else {
        lower[rowI + j] = sum / lower[rowJ + j]!;
      }
    }
  }
  return lower;
}

function substitute(lower: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length;
  const x = Float64Array.from(vector);
  for (let i = 0; i < n; i++) {
    let sum = x[i]!;
    for (let k = 0; k < i; k++) sum -= lower[i * n + k]! * x[k]!;
    x[i] = sum / lower[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i]!;
    for (let k = i + 1; k < n; k++) sum -= lower[k * n + i]! * x[k]!;
    x[i] = sum / lower[i * n + i]!;
  }
  return x;
}
