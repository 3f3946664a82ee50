import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { tunableFamilies } from '../../../engine/contract/stages.ts';
import { rootRoute } from '../../frame/root-route.ts';

export const modelTabs = ['registry', 'runs', 'studies', 'train'] as const;
export const trainingKinds = ['train', 'tune', 'processing'] as const;

const ids = z.array(z.number().int().positive()).max(50);

const searchSchema = z.object({
  tab: z.enum(modelTabs).catch('registry'),
  /** Of the table of runs. */
  experiment: z.string().max(200).optional().catch(undefined),
  /** Runs whose curves are hidden, and those that are compared. */
  hidden: ids.optional().catch(undefined),
  compared: ids.optional().catch(undefined),
  /** The metric that is drawn; the newest learning curve where none is picked. */
  metric: z.string().max(200).optional().catch(undefined),
  differences: z.boolean().catch(true),
  /** The run that is looked at. */
  run: z.number().int().positive().optional().catch(undefined),
  /** Of the form. */
  kind: z.enum(trainingKinds).catch('train'),
  family: z.enum(tunableFamilies).catch('boosting'),
});
export type ModelsSearch = z.infer<typeof searchSchema>;

export interface ModelsViewProps {
  readonly search: ModelsSearch;
  readonly change: (changed: Partial<ModelsSearch>) => void;
}

export const modelsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/models',
  validateSearch: searchSchema,
  component: lazyRouteComponent(() => import('./models-screen.tsx'), 'ModelsScreen'),
});
