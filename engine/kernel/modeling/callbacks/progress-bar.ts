import type { ReportProgress } from '../../../contract/domain.ts';
import type { TrainingCallback } from '../estimator.ts';

/** Reports finished epochs of the total to whoever draws the bar; training that ends early reports itself complete. */
export function createProgressBar(report: ReportProgress): TrainingCallback {
  let total = 0;
  return {
    onTrainBegin(epochs) {
      total = epochs;
      report(0, total);
    },
    onEpochEnd: ({ epoch }) => report(epoch + 1, total),
    onTrainEnd: () => report(total, total),
  };
}
