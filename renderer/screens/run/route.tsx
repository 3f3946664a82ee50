import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { rootRoute } from '../../frame/root-route.ts';

export const runRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/runs/$runId',
  params: { parse: ({ runId }) => ({ runId }), stringify: ({ runId }) => ({ runId }) },
  validateSearch: z.object({
    /** Which lines of the log are shown: from this level up. */
    level: z.enum(['info', 'warn', 'error']).optional().catch(undefined),
    /** Only items that failed. */
    failed: z.boolean().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./run-screen.tsx'), 'RunScreen'),
});
