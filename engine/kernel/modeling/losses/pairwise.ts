import { sigmoid, softplus } from '../../math/softmax.ts';
import { identityLink, numberParameter, totalWeight } from './loss.ts';
import type { Loss, LossBatch, LossDerivatives, LossParameters } from './loss.ts';

/** Row numbers of each group, in order of first appearance. */
export function rowsByGroup(batch: LossBatch): number[][] {
  const byGroup = new Map<number, number[]>();
  for (let i = 0; i < batch.target.length; i++) {
    const group = batch.groups ? batch.groups[i]! : 0;
    const rows = byGroup.get(group);
    if (rows) rows.push(i);
    else byGroup.set(group, [i]);
  }
  return [...byGroup.values()];
}

/** Loss, first and second derivative in the difference d = better score - worse score. */
interface PairTerm {
  loss: number;
  first: number;
  second: number;
}

interface PairwiseDefinition {
  readonly name: string;
  readonly parameters: LossParameters;
  readonly hessianKind: 'exact' | 'upper-bound';
  term(difference: number, out: PairTerm): void;
  /** A factor of the pair within its group, held constant in the derivatives; default 1. */
  factors?(batch: LossBatch, rows: readonly number[]): (better: number, worse: number) => number;
}

/** Weighted mean over the pairs of one group in which the first has the higher target; a pair weighs w_i w_j, as repeated rows would. */
function pairwiseLoss(definition: PairwiseDefinition): Loss {
  return {
    name: definition.name,
    family: 'ranking',
    parameters: definition.parameters,
    hessianKind: definition.hessianKind,
    biasesProbabilities: true,
    outputs: () => 1,
    predict: identityLink,
    evaluate(batch: LossBatch, out?: LossDerivatives) {
      const { scores, target, weights } = batch;
      out?.gradient.fill(0);
      out?.hessian.fill(0);
      const term: PairTerm = { loss: 0, first: 0, second: 0 };
      let sum = 0;
      let pairs = 0;
      for (const rows of rowsByGroup(batch)) {
        const factor = definition.factors?.(batch, rows);
        for (const i of rows) {
          for (const j of rows) {
            if (!(target[i]! > target[j]!)) continue;
            const weight = weights ? weights[i]! * weights[j]! : 1;
            pairs += weight;
            const strength = factor ? weight * factor(i, j) : weight;
            definition.term(scores[i]! - scores[j]!, term);
            sum += strength * term.loss;
            if (!out) continue;
            out.gradient[i]! += strength * term.first;
            out.gradient[j]! -= strength * term.first;
            out.hessian[i]! += strength * term.second;
            out.hessian[j]! += strength * term.second;
          }
        }
      }
      if (pairs === 0) return 0;
      if (out) {
        const scale = totalWeight(batch) / pairs;
        for (let i = 0; i < target.length; i++) {
          out.gradient[i]! *= scale;
          out.hessian[i]! *= scale;
        }
      }
      return sum / pairs;
    },
  };
}

function logisticTerm(difference: number, out: PairTerm): void {
  const wrong = sigmoid(-difference);
  out.loss = softplus(-difference);
  out.first = -wrong;
  out.second = wrong * (1 - wrong);
}

/** RankNet (Burges et al. 2005): mean over pairs of log(1 + e^-(s_i - s_j)), i better than j. Hessian diagonal exact. */
export function rankNet(): Loss {
  return pairwiseLoss({ name: 'ranknet', parameters: {}, hessianKind: 'exact', term: logisticTerm });
}

/** Margin ranking: mean over pairs of max(0, margin - (s_i - s_j)); curvature 1 for an active pair (the true one is 0). `margin` default 1. */
export function marginRanking(parameters: LossParameters = {}): Loss {
  const margin = numberParameter(parameters, 'margin', { fallback: 1, min: 0, max: 1e6 });
  return pairwiseLoss({
    name: 'margin-ranking',
    parameters: { margin },
    hessianKind: 'upper-bound',
    term(difference, out) {
      const active = difference < margin;
      out.loss = active ? margin - difference : 0;
      out.first = active ? -1 : 0;
      out.second = active ? 1 : 0;
    },
  });
}

/**
 * LambdaRank (Burges, Ragno, Le 2006) in the form of LambdaLoss (Wang et al. 2018, section 4.2): RankNet's pair term times
 * |change of NDCG when the two swap places|, the places being those of the present scores and held constant in the derivatives.
 */
export function lambdaRank(): Loss {
  return pairwiseLoss({
    name: 'lambdarank',
    parameters: {},
    hessianKind: 'exact',
    term: logisticTerm,
    factors({ scores, target }, rows) {
      const discountOf = new Map<number, number>();
      const discount = (place: number) => 1 / Math.log2(place + 2);
      const gain = (grade: number) => 2 ** grade - 1;
      [...rows]
        .sort((a, b) => scores[b]! - scores[a]! || a - b)
        .forEach((row, place) => discountOf.set(row, discount(place)));
      let ideal = 0;
      rows
        .map((row) => target[row]!)
        .sort((a, b) => b - a)
        .forEach((grade, place) => (ideal += gain(grade) * discount(place)));
      return (i, j) =>
        ideal > 0
          ? Math.abs((gain(target[i]!) - gain(target[j]!)) * (discountOf.get(i)! - discountOf.get(j)!)) /
            ideal
          : 0;
    },
  });
}
