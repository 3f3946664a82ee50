import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { rootRoute } from '../../frame/root-route.ts';

const search = z.object({
  part: z.enum(['overview', 'ratings', 'record', 'squad']).optional().catch(undefined),
  rating: z.string().max(40).optional().catch(undefined),
});

export const teamRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/team/$teamId',
  validateSearch: search,
  component: lazyRouteComponent(() => import('./team-screen.tsx'), 'TeamScreen'),
});
