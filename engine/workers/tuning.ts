import { fitStart, scoreTrial } from '../football/tuning/score.ts';
import { serve } from './serve.ts';

export const prepareFold = serve((task: Parameters<typeof fitStart>[0], { signal }) =>
  fitStart({ ...task, signal }),
);

export const scoreFold = serve((task: Parameters<typeof scoreTrial>[0], { signal }) =>
  scoreTrial({ ...task, signal }),
);
