import type { InferContractRouterOutputs } from '@orpc/contract';
import type { contract } from '../../../engine/contract/router.ts';

type Answers = InferContractRouterOutputs<typeof contract>;

export type Version = Answers['models']['list'][number];
export type ExperimentRun = Answers['experiments']['runs'][number];
export type ShownRun = Answers['experiments']['show'];
export type TrainingOptions = Answers['training']['options'];
export type Trainable = TrainingOptions['families'][number];
