import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { runStates } from '../../../engine/contract/runs.ts';
import { runKinds } from '../../../engine/contract/stages.ts';
import { rootRoute } from '../../frame/root-route.ts';

export const runsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/runs',
  validateSearch: z.object({
    states: z.array(z.enum(runStates)).max(6).optional().catch(undefined),
    stage: z.enum(runKinds).optional().catch(undefined),
    limit: z.number().int().min(50).max(1000).optional().catch(undefined),
    /** The form that starts a run is open. */
    start: z.boolean().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./runs-screen.tsx'), 'RunsScreen'),
});
