import { AppError } from '../../contract/errors.ts';
import { createHasher } from '../math/hash.ts';
import type { Estimator, SavedEstimator } from './estimator.ts';
import { loadEstimator } from './registry.ts';

/** A fitted model as text: data only, no code, with the checksum of that very text. */
export interface SerializedModel {
  readonly payload: string;
  readonly checksum: string;
}

interface EncodedBlob {
  readonly type: 'float32' | 'float64';
  /** Little-endian bytes, base 64. */
  readonly data: string;
}

/** The model as JSON text; binary weights are base 64 inside it, so that they come back to the bit. */
export function serializeEstimator(estimator: Estimator): SerializedModel {
  const { blobs, ...rest } = estimator.save();
  const encoded = Object.fromEntries(
    Object.entries(blobs ?? {}).map(([name, blob]) => [name, encodeBlob(blob)]),
  );
  const payload = JSON.stringify({ ...rest, blobs: encoded });
  return { payload, checksum: checksumOf(payload) };
}

/** The fitted model of its text; MODEL_INVALID when the checksum differs or the text is no model of a known format. */
export function deserializeEstimator({ payload, checksum }: SerializedModel): Estimator {
  const actual = checksumOf(payload);
  if (actual !== checksum) {
    throw new AppError('MODEL_INVALID', `the model's checksum is ${actual}, expected ${checksum}`);
  }
  let parsed: EncodedModel;
  try {
    parsed = JSON.parse(payload) as EncodedModel;
  } catch (cause) {
    throw new AppError('MODEL_INVALID', 'the model is no JSON text', { cause });
  }
  try {
    return decodeModel(parsed);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    // Every estimator reads its own part; whatever is not as it wrote it fails somewhere in there.
    throw new AppError('MODEL_INVALID', 'the model is not as its estimator writes it', { cause });
  }
}

type EncodedModel = Omit<SavedEstimator, 'blobs'> & { blobs?: Record<string, EncodedBlob> };

function decodeModel(parsed: EncodedModel): Estimator {
  if ((parsed.format as number) !== 1) {
    throw new AppError('MODEL_INVALID', `expected model format 1, got ${String(parsed.format)}`);
  }
  const blobs = Object.fromEntries(
    Object.entries(parsed.blobs ?? {}).map(([name, blob]) => [name, decodeBlob(blob)]),
  );
  return loadEstimator({ ...parsed, blobs });
}

function checksumOf(payload: string): string {
  return createHasher().text(payload).digest();
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function encodeBlob(blob: Float32Array | Float64Array): EncodedBlob {
  const bytes = new Uint8Array(blob.buffer, blob.byteOffset, blob.byteLength);
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    parts.push(
      alphabet[word >> 18]! +
        alphabet[(word >> 12) & 63]! +
        (i + 1 < bytes.length ? alphabet[(word >> 6) & 63]! : '=') +
        (i + 2 < bytes.length ? alphabet[word & 63]! : '='),
    );
  }
  return { type: blob instanceof Float32Array ? 'float32' : 'float64', data: parts.join('') };
}

const valueOf = new Uint8Array(128);
for (let i = 0; i < 64; i++) valueOf[alphabet.charCodeAt(i)] = i;

function decodeBlob({ type, data }: EncodedBlob): Float32Array | Float64Array {
  const padding = data.endsWith('==') ? 2 : data.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((data.length / 4) * 3 - padding);
  for (let i = 0, to = 0; i < data.length; i += 4) {
    const word =
      (valueOf[data.charCodeAt(i)]! << 18) |
      (valueOf[data.charCodeAt(i + 1)]! << 12) |
      (valueOf[data.charCodeAt(i + 2)]! << 6) |
      valueOf[data.charCodeAt(i + 3)]!;
    bytes[to++] = word >> 16;
    if (to < bytes.length) bytes[to++] = word >> 8;
    if (to < bytes.length) bytes[to++] = word;
  }
  return type === 'float32' ? new Float32Array(bytes.buffer) : new Float64Array(bytes.buffer);
}
