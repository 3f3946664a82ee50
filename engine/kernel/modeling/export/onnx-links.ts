import { AppError } from '../../../contract/errors.ts';
import { identityLink, sigmoidLink, softmaxLink } from '../losses/loss.ts';
import { createLoss } from '../losses/registry.ts';
import type { Link } from './onnx-parts.ts';

const objectives: Readonly<Record<string, Link>> = {
  'multi:softprob': { kind: 'softmax' },
  'binary:logistic': { kind: 'logistic' },
  'reg:squarederror': { kind: 'identity' },
  'reg:quantileerror': { kind: 'identity' },
  'count:poisson': { kind: 'exponential' },
};

const overlaps: ReadonlySet<string> = new Set(['soft-f1', 'f-beta', 'tversky']);

/** @throws AppError `EXPORT_UNSUPPORTED` for an objective without an ONNX form */
export function objectiveLink(name: string): Link {
  const link = objectives[name];
  if (link) return link;
  throw withoutForm(name);
}

/** The link of a loss of the registry. @throws AppError `EXPORT_UNSUPPORTED` for a loss without an ONNX form */
export function lossLink(name: string, parameters: Readonly<Record<string, unknown>>): Link {
  const loss = createLoss(name, parameters);
  if (loss.name === 'poisson') return { kind: 'exponential' };
  if (loss.name === 'cumulative-link') {
    return { kind: 'ordered', thresholds: loss.parameters['thresholds'] as readonly number[] };
  }
  if (loss.name === 'corn') return { kind: 'conditional' };
  if (overlaps.has(loss.name)) return { kind: 'shares' };
  const known: readonly (readonly [typeof loss.predict, Link])[] = [
    [softmaxLink, { kind: 'softmax' }],
    [sigmoidLink, { kind: 'logistic' }],
    [identityLink, { kind: 'identity' }],
  ];
  const found = known.find(([predict]) => predict === loss.predict);
  if (found) return found[1];
  throw withoutForm(name);
}

function withoutForm(name: string): AppError {
  return new AppError('EXPORT_UNSUPPORTED', `a model with the loss ${name} has no ONNX form yet`, {
    detail: { loss: name },
  });
}
