import { AppError } from '../../../contract/errors.ts';
import { directional, profit, riskAdjustedProfit, sharpe } from './betting.ts';
import { corn } from './corn.ts';
import { costSensitive } from './cost-sensitive.ts';
import {
  asymmetric,
  binaryCrossEntropy,
  crossEntropy,
  weightedBinaryCrossEntropy,
  weightedCrossEntropy,
} from './cross-entropy.ts';
import { cumulativeLink } from './cumulative-link.ts';
import { focal, focalBinary } from './focal.ts';
import { listNet } from './listnet.ts';
import type { Loss, LossParameters } from './loss.ts';
import { lambdaRank, marginRanking, rankNet } from './pairwise.ts';
import { rankedProbabilityScore } from './ranked-probability-score.ts';
import { absoluteError, expectile, huber, logCosh, poisson, quantile, squaredError } from './regression.ts';
import { fBeta, softF1, tversky } from './soft-overlap.ts';

const factories = {
  'binary-cross-entropy': binaryCrossEntropy,
  'cross-entropy': crossEntropy,
  'weighted-binary-cross-entropy': weightedBinaryCrossEntropy,
  'weighted-cross-entropy': weightedCrossEntropy,
  asymmetric,
  'focal-binary': focalBinary,
  focal,
  'cost-sensitive': costSensitive,
  'soft-f1': softF1,
  'f-beta': fBeta,
  tversky,
  'ranked-probability-score': rankedProbabilityScore,
  'cumulative-link': cumulativeLink,
  corn,
  ranknet: rankNet,
  lambdarank: lambdaRank,
  listnet: listNet,
  'margin-ranking': marginRanking,
  'squared-error': squaredError,
  'absolute-error': absoluteError,
  huber,
  'log-cosh': logCosh,
  quantile,
  expectile,
  poisson,
  directional,
  profit,
  sharpe,
  'risk-adjusted-profit': riskAdjustedProfit,
} satisfies Record<string, (parameters?: LossParameters) => Loss>;

export type LossName = keyof typeof factories;

export const lossNames = Object.keys(factories) as readonly LossName[];

/** A loss by name. An unknown name is a CONFIGURATION_INVALID error that lists the known ones. */
export function createLoss(name: string, parameters: LossParameters = {}): Loss {
  if (!Object.hasOwn(factories, name)) {
    throw new AppError('CONFIGURATION_INVALID', `unknown loss ${name}; known: ${lossNames.join(', ')}`, {
      detail: { name, known: lossNames },
    });
  }
  return factories[name as LossName](parameters);
}
