import { failureOf } from '../../connection/failure.ts';
import { failureSentence } from '../../frame/failure-text.ts';

/** Why a value was refused, to stand beside its field: the sentence of the code, and what was expected. */
export function refusalText(error: Error, t: Parameters<typeof failureSentence>[1]): string {
  const failure = failureOf(error);
  const sentence = failureSentence(failure, t);
  return failure.message === '' ? sentence : `${sentence} ${failure.message}`;
}
