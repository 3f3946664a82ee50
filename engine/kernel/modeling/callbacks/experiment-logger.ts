import type { TrainingCallback } from '../estimator.ts';

/** One number of one step, as an experiment keeps it. */
export interface LoggedMeasure {
  readonly name: string;
  readonly step: number;
  readonly value: number;
}

/** Sends every measure of every epoch to the experiment's sink; `every` thins the steps (default 1; the last always goes). */
export function createExperimentLogger(
  sink: (measures: readonly LoggedMeasure[]) => void,
  options: { readonly every?: number; readonly prefix?: string } = {},
): TrainingCallback {
  const { every = 1, prefix = '' } = options;
  let held: readonly LoggedMeasure[] = [];
  return {
    onTrainBegin() {
      held = [];
    },
    onEpochEnd({ epoch, measures }) {
      held = Object.entries(measures).map(([name, value]) => ({ name: prefix + name, step: epoch, value }));
      if (epoch % every !== 0) return;
      sink(held);
      held = [];
    },
    onTrainEnd() {
      if (held.length > 0) sink(held);
      held = [];
    },
  };
}
