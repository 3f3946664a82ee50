import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { coverageKinds } from '../../../engine/contract/data.ts';
import { rootRoute } from '../../frame/root-route.ts';

export const dataParts = ['sources', 'import', 'teams', 'quality', 'coverage', 'changes'] as const;

const dataSearch = z.object({
  part: z.enum(dataParts).optional().catch(undefined),
  /** What the coverage calendar counts. */
  held: z.enum(coverageKinds).optional().catch(undefined),
});

export const dataRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/data',
  validateSearch: dataSearch,
  component: lazyRouteComponent(() => import('./data-screen.tsx'), 'DataScreen'),
});
