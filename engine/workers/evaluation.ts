import type { EvaluationReport } from '../contract/evaluation.ts';
import { scoreWalkForward } from '../football/evaluation/evaluation.ts';
import type { EvaluationInput } from '../football/evaluation/judged.ts';
import { serve } from './serve.ts';

export const evaluateAll = serve((task: EvaluationInput, context): EvaluationReport =>
  scoreWalkForward({ ...task, signal: context.signal, report: context.report }),
);
