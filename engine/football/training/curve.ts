import type { TrainingCallback } from '../../kernel/modeling/estimator.ts';
import type { LoggedPoint } from '../../runtime/tracking/tracked-run.ts';

/** Rounds that a curve holds: more than any family trains. */
const mostRounds = 5000;

/**
 * A learning curve in memory that two threads share: the worker writes each round's two losses behind the ones before, the
 * first number being how many there are, so that whoever reads sees whole rounds only.
 */
export type Curve = Float64Array<SharedArrayBuffer>;

export function createCurve(): Curve {
  return new Float64Array(new SharedArrayBuffer((1 + 2 * mostRounds) * 8));
}

/** Writes every round's training and validation loss, and says how far training is. */
export function curveWriter(curve: Curve, report: (done: number, total: number) => void): TrainingCallback {
  return {
    onTrainBegin: () => {
      curve[0] = 0;
    },
    onEpochEnd: ({ epoch, total, measures }) => {
      if (epoch >= mostRounds) return;
      const find = (part: string) => Object.entries(measures).find(([name]) => name.startsWith(part))?.[1];
      curve[1 + 2 * epoch] = find('train') ?? Number.NaN;
      curve[2 + 2 * epoch] = find('validation') ?? Number.NaN;
      curve[0] = epoch + 1;
      report(epoch + 1, total);
    },
  };
}

/** Rounds from `seen` on as metrics named by their fold, and how many rounds there are now. */
export function newPoints(
  curve: Curve,
  { fold, seen }: { readonly fold: string; readonly seen: number },
): { points: LoggedPoint[]; seen: number } {
  const rounds = curve[0]!;
  const points: LoggedPoint[] = [];
  for (let step = seen; step < rounds; step++) {
    const [training, validation] = [curve[1 + 2 * step]!, curve[2 + 2 * step]!];
    if (Number.isFinite(training)) points.push({ name: `training/${fold}`, step, value: training });
    if (Number.isFinite(validation)) points.push({ name: `validation/${fold}`, step, value: validation });
  }
  return { points, seen: rounds };
}
