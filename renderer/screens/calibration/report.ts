import type { InferContractRouterOutputs } from '@orpc/contract';
import type { contract } from '../../../engine/contract/router.ts';

export type AnsweredReport = InferContractRouterOutputs<typeof contract>['calibration']['report'];

/** Colours of the outcomes by their class. */
export const outcomeToken = { H: 'home', D: 'draw', A: 'away' } as const;
