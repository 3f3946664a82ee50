import type { InferContractRouterOutputs } from '@orpc/contract';
import type { contract } from '../../../engine/contract/router.ts';

type Answers = InferContractRouterOutputs<typeof contract>['features'];

export type AnsweredReport = NonNullable<Answers['report']>;
export type Catalogue = Answers['catalogue'];
export type Entry = Catalogue['features'][number];
export type Finding = AnsweredReport['features'][number];
export type DriftAnswer = Answers['drift'];
export type DriftRow = DriftAnswer['features'][number];
export type SelectionFold = Answers['selection'][number];
export type FeatureSeason = Answers['periods']['seasons'][number];
