import { curveWriter, type Curve } from '../football/training/curve.ts';
import { trainFold as train, type TrainedFold } from '../football/training/fold.ts';
import { serve } from './serve.ts';

type Task = Omit<Parameters<typeof train>[0], 'callbacks' | 'signal'> & { readonly curve: Curve };

export const trainFold = serve(({ curve, ...task }: Task, { report, signal }): Promise<TrainedFold> =>
  train({ ...task, signal, callbacks: [curveWriter(curve, report)] }),
);
