/** A dense row-major matrix with named columns; NaN is missing. */
export interface Matrix {
  /** `rows * columns.length` numbers, row after row. */
  readonly values: Float64Array;
  readonly rows: number;
  readonly columns: readonly string[];
}

export function createMatrix(rows: number, columns: readonly string[], values?: Float64Array): Matrix {
  const expected = rows * columns.length;
  if (values && values.length !== expected) {
    throw new RangeError(
      `expected ${rows} rows x ${columns.length} columns = ${expected} values, got ${values.length}`,
    );
  }
  return { values: values ?? new Float64Array(expected), rows, columns };
}

/** A new matrix of the given rows, in the given order. */
export function selectRows(matrix: Matrix, rows: ArrayLike<number>): Matrix {
  const width = matrix.columns.length;
  const values = new Float64Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    const start = rows[i]! * width;
    values.set(matrix.values.subarray(start, start + width), i * width);
  }
  return { values, rows: rows.length, columns: matrix.columns };
}

/** A new matrix of the named columns, in the given order; an unknown name is a RangeError that lists the known ones. */
export function selectColumns(matrix: Matrix, names: readonly string[]): Matrix {
  const width = matrix.columns.length;
  const positions = names.map((name) => {
    const at = matrix.columns.indexOf(name);
    if (at < 0) throw new RangeError(`unknown column ${name}; known: ${matrix.columns.join(', ')}`);
    return at;
  });
  const values = new Float64Array(matrix.rows * names.length);
  for (let i = 0, to = 0; i < matrix.rows; i++) {
    for (const at of positions) values[to++] = matrix.values[i * width + at]!;
  }
  return { values, rows: matrix.rows, columns: [...names] };
}
