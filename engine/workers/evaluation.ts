import type { EvaluationReport } from '../contract/evaluation.ts';
import { scoreWalkForward, type EvaluationInput } from '../football/evaluation/evaluation.ts';
import { serve } from './serve.ts';

export const evaluateAll = serve((task: EvaluationInput, context): EvaluationReport =>
  scoreWalkForward({ ...task, signal: context.signal, report: context.report }),
);
