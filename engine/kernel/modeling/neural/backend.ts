import { AppError } from '../../../contract/errors.ts';
import type { NetworkSpec } from './network-spec.ts';
import { plainBackend } from './plain/engine.ts';

/** Encoded rows of one data set; a batch names rows of it. */
export interface NetworkInput {
  readonly rows: number;
  /** Rows x spec.inputs. */
  readonly dense: Float32Array;
  /** Rows x the category columns of all embeddings; 0 is unknown. */
  readonly categories: Int32Array;
  /** Rows x count x steps x channels. */
  readonly sequences: Float32Array;
}

export interface NetworkBatch {
  readonly input: NetworkInput;
  /** Row numbers in `input`; at most the engine's capacity. */
  readonly rows: Uint32Array;
}

/** A compiled network. It computes; it does not train: the training loop owns parameters, losses and optimiser. */
export interface NetworkEngine {
  /**
   * Forward in training mode (dropout by `step`, batch statistics), then backward from the gradient that `gradientOf`
   * answers for the scores (both rows x outputs). Writes the parameters' gradients and updates `norms` (running means and variances).
   */
  differentiate(
    batch: NetworkBatch,
    at: { readonly parameters: Float32Array; readonly norms: Float32Array; readonly step: number },
    gradientOf: (scores: Float32Array) => Float32Array,
  ): Float32Array;
  /** Scores, rows x outputs, in inference mode. */
  predict(
    batch: NetworkBatch,
    at: { readonly parameters: Float32Array; readonly norms: Float32Array },
  ): Float32Array;
  /** Frees what the backend holds. */
  dispose(): void;
}

export interface NetworkBackend {
  readonly name: string;
  /** Name and version of the libraries behind it, for the model's metadata. */
  readonly libraries: Readonly<Record<string, string>>;
  compile(spec: NetworkSpec, options: { readonly seed: number; readonly capacity: number }): NetworkEngine;
}

/** Our own is always there. */
const backends = new Map<string, NetworkBackend>([[plainBackend.name, plainBackend]]);

/** Makes a backend known by its name, or by another one. Workers call this once at their start for what they could load. */
export function registerNetworkBackend(backend: NetworkBackend, name = backend.name): void {
  backends.set(name, backend);
}

/** A backend by name. One that is not there is CONFIGURATION_INVALID with those that are: nothing stands in for it silently. */
export function networkBackend(name: string): NetworkBackend {
  const backend = backends.get(name);
  if (backend) return backend;
  const known = [...backends.keys()];
  throw new AppError(
    'CONFIGURATION_INVALID',
    `no network backend ${name} was loaded; there are: ${known.join(', ')}`,
    {
      detail: { name, known },
    },
  );
}
