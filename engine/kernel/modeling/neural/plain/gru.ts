import { sigmoid } from '../../../math/softmax.ts';
import { padRows } from './operation.ts';
import { addColumnSums, transpose } from './dense.ts';
import type { Operation, ParameterPlace, Planner, Tensor } from './operation.ts';

const bytes = 4;

export interface GruParts {
  readonly input: ParameterPlace;
  readonly inputBias: ParameterPlace;
  readonly recurrent: ParameterPlace;
  readonly recurrentBias: ParameterPlace;
}

/**
 * Gated recurrent unit (Cho et al. 2014, with the reset gate after the product): z, r = sigmoid(x W + h U),
 * n = tanh(x W_n + r (h U_n)), h' = (1 - z) n + z h. A step whose presence channel is 0 leaves h as it was.
 * `states` holds steps + 1 rows a sequence, the first 0; its last is the answer.
 */
export function gru(
  planner: Planner,
  x: Tensor,
  states: Tensor,
  { parts, steps, count }: { readonly parts: GruParts; readonly steps: number; readonly count: number },
): Operation {
  const units = states.columns;
  const gate = states.stride;
  const gates = 3 * gate;
  // Per step: what the input and what the state say to the three gates, and the finished gates for the way back.
  const fromInput = planner.tensor(gates, count * steps);
  const fromState = planner.tensor(gates, count * steps);
  const transposed = planner.scratch(gates * gate);
  let finished = new Float32Array(0);
  return {
    forward({ floats, multiply, rows }) {
      const sequences = rows * count;
      if (finished.length < sequences * steps * gates) finished = new Float32Array(sequences * steps * gates);
      multiply(
        padRows(sequences * steps), gates, x.stride,
        x.value * bytes, x.stride * bytes, bytes,
        parts.input.value * bytes, gates * bytes,
        fromInput.value * bytes, gates * bytes,
        parts.inputBias.value * bytes, 0,
      ); // prettier-ignore
      for (let sequence = 0; sequence < sequences; sequence++) {
        const start = states.value + sequence * (steps + 1) * gate;
        floats.fill(0, start, start + gate);
      }
      for (let t = 0; t < steps; t++) {
        multiply(
          padRows(sequences), gates, gate,
          (states.value + t * gate) * bytes, (steps + 1) * gate * bytes, bytes,
          parts.recurrent.value * bytes, gates * bytes,
          (fromState.value + t * gates) * bytes, steps * gates * bytes,
          parts.recurrentBias.value * bytes, 0,
        ); // prettier-ignore
        for (let sequence = 0; sequence < sequences; sequence++) {
          const row = sequence * steps + t;
          const before = states.value + (sequence * (steps + 1) + t) * gate;
          const present = floats[x.value + row * x.stride + x.columns - 1]! > 0;
          for (let k = 0; k < units; k++) {
            const a = fromInput.value + row * gates + k;
            const b = fromState.value + row * gates + k;
            const z = sigmoid(floats[a]! + floats[b]!);
            const r = sigmoid(floats[a + gate]! + floats[b + gate]!);
            const n = Math.tanh(floats[a + 2 * gate]! + r * floats[b + 2 * gate]!);
            finished[row * gates + k] = z;
            finished[row * gates + gate + k] = r;
            finished[row * gates + 2 * gate + k] = n;
            floats[before + gate + k] = present ? (1 - z) * n + z * floats[before + k]! : floats[before + k]!;
          }
        }
      }
    },
    backward(pass) {
      const { floats, multiply, rows } = pass;
      const sequences = rows * count;
      transpose(floats, { from: parts.recurrent.value, to: transposed, rows: gate, columns: gates });
      for (let t = steps - 1; t >= 0; t--) {
        for (let sequence = 0; sequence < sequences; sequence++) {
          const row = sequence * steps + t;
          const h = states.value + (sequence * (steps + 1) + t) * gate;
          const dh = states.gradient + (sequence * (steps + 1) + t) * gate;
          const present = floats[x.value + row * x.stride + x.columns - 1]! > 0;
          for (let k = 0; k < units; k++) {
            const slope = floats[dh + gate + k]!;
            if (!present) {
              floats[dh + k]! += slope;
              continue;
            }
            const z = finished[row * gates + k]!;
            const r = finished[row * gates + gate + k]!;
            const n = finished[row * gates + 2 * gate + k]!;
            const a = fromInput.gradient + row * gates + k;
            const b = fromState.gradient + row * gates + k;
            const dn = slope * (1 - z) * (1 - n * n);
            const dz = slope * (floats[h + k]! - n) * z * (1 - z);
            const dr = dn * floats[fromState.value + row * gates + 2 * gate + k]! * r * (1 - r);
            floats[a] = floats[b] = dz;
            floats[a + gate] = floats[b + gate] = dr;
            floats[a + 2 * gate] = dn;
            floats[b + 2 * gate] = dn * r;
            floats[dh + k]! += slope * z;
          }
        }
        const stateBytes = (steps + 1) * gate * bytes;
        multiply(
          padRows(sequences), gate, gates,
          (fromState.gradient + t * gates) * bytes, steps * gates * bytes, bytes,
          transposed * bytes, gate * bytes,
          (states.gradient + t * gate) * bytes, stateBytes,
          (states.gradient + t * gate) * bytes, stateBytes,
        ); // prettier-ignore
        multiply(
          gate, gates, sequences,
          (states.value + t * gate) * bytes, bytes, stateBytes,
          (fromState.gradient + t * gates) * bytes, steps * gates * bytes,
          parts.recurrent.gradient * bytes, gates * bytes,
          parts.recurrent.gradient * bytes, gates * bytes,
        ); // prettier-ignore
      }
      const total = sequences * steps;
      multiply(
        x.stride, gates, total,
        x.value * bytes, bytes, x.stride * bytes,
        fromInput.gradient * bytes, gates * bytes,
        parts.input.gradient * bytes, gates * bytes,
        parts.input.gradient * bytes, gates * bytes,
      ); // prettier-ignore
      addColumnSums(pass, fromInput, { rows: total, to: parts.inputBias.gradient });
      addColumnSums(pass, fromState, { rows: total, to: parts.recurrentBias.gradient });
    },
  };
}
