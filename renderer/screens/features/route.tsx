import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { gridFiltersSchema, gridSortSchema } from '../../../engine/contract/grid.ts';
import { featureSetCodes, measuredFamilies } from '../../../engine/contract/stages.ts';
import { rootRoute } from '../../frame/root-route.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

export const featureTabs = [
  'catalogue',
  'importance',
  'stability',
  'drift',
  'missing',
  'correlation',
] as const;
export const importanceKinds = ['permutation', 'gain', 'shap', 'information'] as const;

const searchSchema = z.object({
  tab: z.enum(featureTabs).catch('catalogue'),
  set: z.enum(featureSetCodes).catch('football'),
  /** Code; none for all together. */
  championship: z.string().min(1).max(40).optional().catch(undefined),
  /** Whose use of the features is measured. */
  family: z.enum(measuredFamilies).catch('boosting'),
  kind: z.enum(importanceKinds).catch('permutation'),
  /** The feature that is looked at. */
  feature: z.string().max(80).optional().catch(undefined),
  /** Fold of the selection; the newest where none is picked. */
  fold: z.string().max(40).optional().catch(undefined),
  referenceFrom: day.optional().catch(undefined),
  referenceUntil: day.optional().catch(undefined),
  currentFrom: day.optional().catch(undefined),
  currentUntil: day.optional().catch(undefined),
  filters: gridFiltersSchema.optional().catch(undefined),
  sort: z.array(gridSortSchema).max(5).optional().catch(undefined),
});
export type FeaturesSearch = z.infer<typeof searchSchema>;

export const featuresRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/features',
  validateSearch: searchSchema,
  component: lazyRouteComponent(() => import('./features-screen.tsx'), 'FeaturesScreen'),
});
