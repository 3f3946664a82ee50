import { AppError } from '../../../contract/errors.ts';
import type { Loss, LossParameters } from './loss.ts';
import { softmaxLoss } from './per-row.ts';

/**
 * Expected cost (Elkan 2001): l = sum_k C[y][k] p_k with p = softmax(s) and C the cost of calling k what is y;
 * with m = l, dl/ds_k = p_k (C[y][k] - m); the second derivative p_k (C - m)(1 - 2 p_k) is bounded by p_k |C - m|.
 * `costs`: square matrix, default 1 off the diagonal (the expected error rate). Its minimiser is a decision, not a probability.
 */
export function costSensitive(parameters: LossParameters = {}): Loss {
  const costs = readCosts(parameters['costs']);
  return softmaxLoss(
    {
      name: 'cost-sensitive',
      family: 'classification',
      parameters: { costs: costs ?? 'unit' },
      hessianKind: 'upper-bound',
      biasesProbabilities: true,
    },
    (label, _logTrue, { probabilities, first, second }) => {
      const row = costs?.[label];
      let mean = 0;
      for (let k = 0; k < probabilities.length; k++) {
        first[k] = row ? (row[k] ?? 0) : k === label ? 0 : 1;
        mean += first[k]! * probabilities[k]!;
      }
      for (let k = 0; k < probabilities.length; k++) {
        first[k] = probabilities[k]! * (first[k]! - mean);
        second[k] = Math.abs(first[k]!);
      }
      return mean;
    },
  );
}

function readCosts(value: unknown): readonly (readonly number[])[] | undefined {
  if (value === undefined || value === 'unit') return undefined;
  const rows: readonly unknown[] = Array.isArray(value) ? value : [];
  const isRow = (row: unknown): row is readonly number[] =>
    Array.isArray(row) && row.length === rows.length && row.every((cost) => Number.isFinite(cost));
  if (rows.length > 1 && rows.every(isRow)) return rows as readonly (readonly number[])[];
  throw new AppError('CONFIGURATION_INVALID', 'costs: expected a square matrix of finite numbers', {
    detail: { name: 'costs' },
  });
}
