import { calculation } from '../football/calculation/stage.ts';
import { evaluate } from '../football/evaluation/evaluate.ts';
import { reportFeatures } from '../football/feature-report/stage.ts';
import { forecast } from '../football/forecast/stage.ts';
import { createGetting } from '../football/getting/stage.ts';
import { processing } from '../football/processing/stage.ts';
import { publisher } from '../football/publisher/stage.ts';
import { trainOnce } from '../football/training/stage.ts';
import { monitor } from '../football/watch/stage.ts';
import { tune } from '../football/tuning/stage.ts';
import {
  calculationParameters,
  evaluateParameters,
  featuresParameters,
  forecastParameters,
  gettingParameters,
  monitorParameters,
  pipelineParameters,
  processingParameters,
  publisherParameters,
  trainParameters,
  tuneParameters,
} from '../contract/stages.ts';
import type { Fetcher } from '../ports/index.ts';
import { definePipeline, defineStage, type RunRegistry } from '../runtime/stage.ts';

/** Every kind of run there is. */
export function createRunRegistry(ports: { readonly fetcher: Fetcher }): RunRegistry {
  return {
    getting: defineStage(gettingParameters, createGetting(ports)),
    calculation: defineStage(calculationParameters, calculation),
    processing: defineStage(processingParameters, processing),
    forecast: defineStage(forecastParameters, forecast),
    publisher: defineStage(publisherParameters, publisher),
    evaluate: defineStage(evaluateParameters, evaluate),
    tune: defineStage(tuneParameters, tune),
    train: defineStage(trainParameters, trainOnce),
    monitor: defineStage(monitorParameters, monitor),
    features: defineStage(featuresParameters, reportFeatures),
    pipeline: definePipeline(pipelineParameters, (parameters) => {
      const { source, from, force, mapping, ...common } = parameters;
      return [
        { stage: 'getting', parameters },
        { stage: 'calculation', parameters: common },
        { stage: 'processing', parameters: common },
        { stage: 'forecast', parameters: common },
        { stage: 'publisher', parameters: common },
      ];
    }),
  };
}
