/**
 * Calibrators turn a model's raw probabilities into ones whose frequencies hold. The rows a calibrator is
 * fitted on must have trained nothing and must judge nothing; that is the caller's part. How many there were
 * is kept as `n`.
 */
import { beta } from './beta.ts';
import { isotonic } from './isotonic.ts';
import { platt } from './platt.ts';
import { temperature } from './temperature.ts';
import { vectorScaling } from './vector-scaling.ts';
import { vennAbers } from './venn-abers.ts';

/** What a calibrator is fitted on: row-major probabilities, rows x classes, and the class that came. */
export interface FittingSample {
  readonly probabilities: Float64Array;
  readonly outcomes: ArrayLike<number>;
  readonly classes: number;
  /** One a row, >= 0; 2 equals the row twice. */
  readonly weights?: ArrayLike<number> | undefined;
}

/**
 * Reads `classes` numbers of `p` at `from`, writes as many to `out` at `to`; the two may be the same place.
 */
export type RowMap = (p: Float64Array, from: number, out: Float64Array, to: number) => void;

/** One way of calibrating; `State` is plain data that survives JSON. */
export interface CalibrationMethod<State> {
  readonly name: string;
  fit(sample: FittingSample): State;
  apply(state: State, classes: number): RowMap;
}

const identity: CalibrationMethod<Record<string, never>> = {
  name: 'identity',
  fit: () => ({}),
  apply: (_, classes) => (p, from, out, to) => out.set(p.subarray(from, from + classes), to),
};

const methods = { identity, temperature, platt, vectorScaling, isotonic, beta, vennAbers };

export type CalibrationMethodName = keyof typeof methods;
export const calibrationMethodNames = Object.keys(methods) as readonly CalibrationMethodName[];

/** The data-only form of a fitted calibrator. */
export interface SavedCalibrator {
  readonly format: 1;
  readonly method: CalibrationMethodName;
  readonly classes: number;
  readonly n: number;
  readonly state: unknown;
}

export interface Calibrator {
  readonly method: CalibrationMethodName;
  readonly classes: number;
  /** Rows it was fitted on. */
  readonly n: number;
  /** Calibrated rows; into `out` when given, which may be the input itself. */
  apply(probabilities: Float64Array, out?: Float64Array): Float64Array;
  save(): SavedCalibrator;
}

/**
 * Fits the named method. RangeError for no rows, a length that does not fit, an outcome outside the classes,
 * or a probability that is not a number in [0, 1].
 */
export function fitCalibrator(
  method: CalibrationMethodName,
  probabilities: Float64Array,
  outcomes: ArrayLike<number>,
  options: { readonly classes?: number; readonly weights?: ArrayLike<number> | undefined } = {},
): Calibrator {
  const { classes = 3, weights } = options;
  const sample: FittingSample = { probabilities, outcomes, classes, weights };
  validate(sample);
  return fromState({ format: 1, method, classes, n: outcomes.length, state: methods[method].fit(sample) });
}

/** The calibrator that `save` described; equal to the bit. RangeError for an unknown format or method. */
export function loadCalibrator(saved: SavedCalibrator): Calibrator {
  if (saved.format !== 1 || !(saved.method in methods)) {
    throw new RangeError(
      `cannot load calibrator ${saved.method} of format ${saved.format}; known: ${calibrationMethodNames.join(', ')}`,
    );
  }
  return fromState(saved);
}

function fromState(saved: SavedCalibrator): Calibrator {
  const { method, classes, n } = saved;
  const map = (methods[method] as CalibrationMethod<unknown>).apply(saved.state, classes);
  return {
    method,
    classes,
    n,
    apply(probabilities, out = new Float64Array(probabilities.length)) {
      for (let at = 0; at < probabilities.length; at += classes) map(probabilities, at, out, at);
      return out;
    },
    save: () => saved,
  };
}

function validate({ probabilities, outcomes, classes, weights }: FittingSample): void {
  const rows = outcomes.length;
  if (rows === 0) throw new RangeError('a calibrator cannot be fitted on no rows');
  if (probabilities.length !== rows * classes) {
    throw new RangeError(`expected ${rows} x ${classes} probabilities, got ${probabilities.length}`);
  }
  if (weights && weights.length !== rows)
    throw new RangeError(`expected ${rows} weights, got ${weights.length}`);
  for (let i = 0; i < rows; i++) {
    const outcome = outcomes[i]!;
    if (!(Number.isInteger(outcome) && outcome >= 0 && outcome < classes)) {
      throw new RangeError(`row ${i}: outcome ${outcome} is none of the ${classes} classes`);
    }
  }
  for (let i = 0; i < probabilities.length; i++) {
    const p = probabilities[i]!;
    if (!(p >= 0 && p <= 1 + 1e-9)) throw new RangeError(`row ${Math.floor(i / classes)}: probability ${p}`);
  }
}
