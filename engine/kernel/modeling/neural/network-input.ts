import { AppError } from '../../../contract/errors.ts';
import { applyDesign, designWidth, fitDesign } from '../linear/design.ts';
import type { Design } from '../linear/design.ts';
import { selectColumns, selectRows } from '../matrix.ts';
import type { Matrix } from '../matrix.ts';
import type { NetworkInput } from './backend.ts';

/** Category columns (home team, away team) that share one table of learnt vectors. */
export interface EmbeddingColumns {
  readonly columns: readonly string[];
  readonly dimensions: number;
}

/** Where the sequences are among the columns: names by [series][step][channel], oldest step first, all series alike. */
export interface SequenceColumns {
  readonly columns: readonly (readonly (readonly string[])[])[];
}

/** Sequence columns by a pattern with `{series}`, `{channel}` and `{step}`, step 1 being the most recent. */
export function sequenceByPattern(
  pattern: string,
  parts: { readonly series: readonly string[]; readonly channels: readonly string[]; readonly steps: number },
): SequenceColumns {
  const { series, channels, steps } = parts;
  const name = (one: string, step: number, channel: string) =>
    pattern.replace('{series}', one).replace('{channel}', channel).replace('{step}', String(step));
  const stepsOf = (one: string) =>
    Array.from({ length: steps }, (_, at) => channels.map((channel) => name(one, steps - at, channel)));
  return { columns: series.map(stepsOf) };
}

/** How raw columns become a network's input; fitted on training rows and saved with the model. */
export interface InputEncoder {
  readonly denseColumns: readonly string[];
  readonly design: Design;
  readonly embeddings: readonly (EmbeddingColumns & { readonly known: readonly number[] })[];
  readonly sequence: SequenceColumns | undefined;
  readonly channelMeans: Float64Array;
  readonly channelScales: Float64Array;
}

/** Standardised values beyond this many deviations count as this many. */
const farthest = 10;

/** Learns scales, known categories and channel scales. A named column that is not there is CONFIGURATION_INVALID. */
export function fitEncoder(
  features: Matrix,
  weights: Float64Array,
  options: {
    readonly embeddings: readonly EmbeddingColumns[];
    readonly sequence?: SequenceColumns | undefined;
  },
): InputEncoder {
  const { embeddings, sequence } = options;
  const sequenceNames = sequence?.columns ?? [];
  const apart = new Set([...embeddings.flatMap(({ columns }) => columns), ...sequenceNames.flat(2)]);
  for (const column of apart) {
    if (!features.columns.includes(column)) {
      throw new AppError(
        'CONFIGURATION_INVALID',
        `the network is to read column ${column}, which is not among the features`,
        {
          detail: { column },
        },
      );
    }
  }
  // By name, so that the places of the columns do not decide which start weights they get.
  const denseColumns = features.columns.filter((column) => !apart.has(column)).sort();
  // Rows of no weight are no rows: they must not show in scales or in the list of known categories.
  const counted = Uint32Array.from(weights.keys()).filter((row) => weights[row]! > 0);
  const rows = selectRows(features, counted);
  const scales = (sequenceNames[0]?.[0] ?? []).map((_, channel) => {
    const names = sequenceNames.flatMap((steps) => steps.map((channels) => channels[channel]!));
    return channelScale(
      selectColumns(rows, names),
      Float64Array.from(counted, (row) => weights[row]!),
    );
  });
  return {
    denseColumns,
    design: fitDesign(selectColumns(features, denseColumns), weights, {
      standardise: true,
      missingIndicators: true,
    }),
    embeddings: embeddings.map((group) => {
      const values = selectColumns(rows, group.columns).values.filter(Number.isFinite);
      return { ...group, known: [...new Set(values)].sort((a, b) => a - b) };
    }),
    sequence,
    channelMeans: Float64Array.from(scales, ({ mean }) => mean),
    channelScales: Float64Array.from(scales, ({ scale }) => scale),
  };
}

/** Weighted mean and deviation of the present values of one channel. */
function channelScale({ values, columns }: Matrix, weights: Float64Array): { mean: number; scale: number } {
  const average = (of: (value: number) => number) => {
    let sum = 0;
    let total = 0;
    values.forEach((value, at) => {
      if (!Number.isFinite(value)) return;
      const weight = weights[Math.floor(at / columns.length)]!;
      sum += weight * of(value);
      total += weight;
    });
    return total > 0 ? sum / total : 0;
  };
  const mean = average((value) => value);
  return { mean, scale: Math.sqrt(average((value) => (value - mean) ** 2)) || 1 };
}

/** Number of dense inputs that `encode` makes. */
export function denseWidth({ design }: InputEncoder): number {
  return designWidth(design) - 1;
}

/** The rows as the network reads them. A category not seen in training, or missing, is 0. */
export function encode(encoder: InputEncoder, features: Matrix): NetworkInput {
  return {
    rows: features.rows,
    dense: encodeDense(encoder, features),
    categories: encodeCategories(encoder, features),
    sequences: encodeSequences(encoder, features),
  };
}

function encodeDense(encoder: InputEncoder, features: Matrix): Float32Array {
  const { denseColumns, design } = encoder;
  const width = denseWidth(encoder);
  const values = applyDesign(design, selectColumns(features, denseColumns));
  const dense = new Float32Array(features.rows * width);
  for (let row = 0, to = 0; row < features.rows; row++) {
    // The design's leading 1 is left out: every layer has its own bias.
    const start = row * (width + 1) + 1;
    for (let k = 0; k < width; k++) dense[to++] = Math.max(-farthest, Math.min(farthest, values[start + k]!));
  }
  return dense;
}

function encodeCategories({ embeddings }: InputEncoder, features: Matrix): Int32Array {
  const width = embeddings.reduce((sum, { columns }) => sum + columns.length, 0);
  const categories = new Int32Array(features.rows * width);
  let first = 0;
  for (const { columns, known } of embeddings) {
    const numberOf = new Map(known.map((value, at) => [value, at + 1]));
    const { values } = selectColumns(features, columns);
    for (let row = 0; row < features.rows; row++) {
      columns.forEach((_, k) => {
        categories[row * width + first + k] = numberOf.get(values[row * columns.length + k]!) ?? 0;
      });
    }
    first += columns.length;
  }
  return categories;
}

function encodeSequences(
  { sequence, channelMeans, channelScales }: InputEncoder,
  features: Matrix,
): Float32Array {
  if (!sequence) return new Float32Array(0);
  const channels = sequence.columns[0]![0]!.length;
  const { values } = selectColumns(features, sequence.columns.flat(2));
  const cells = values.length / channels;
  const encoded = new Float32Array(cells * (channels + 1));
  for (let cell = 0; cell < cells; cell++) {
    const to = cell * (channels + 1);
    for (let k = 0; k < channels; k++) {
      const value = values[cell * channels + k]!;
      if (!Number.isFinite(value)) continue;
      const scaled = (value - channelMeans[k]!) / channelScales[k]!;
      encoded[to + k] = Math.max(-farthest, Math.min(farthest, scaled));
      encoded[to + channels] = 1;
    }
  }
  return encoded;
}
