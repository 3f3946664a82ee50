import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { rootRoute } from '../../frame/root-route.ts';

export const matchParts = ['forecast', 'why', 'teams', 'prices'] as const;

const search = z.object({
  part: z.enum(matchParts).optional().catch(undefined),
  /** Rating shown over time. */
  rating: z.string().max(40).optional().catch(undefined),
  /** Family of the features that are shown; all where none is named. */
  family: z.string().max(40).optional().catch(undefined),
  /** Step of the provenance that is open. */
  step: z.string().max(20).optional().catch(undefined),
});

export const matchRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/match/$matchId',
  validateSearch: search,
  component: lazyRouteComponent(() => import('./match-screen.tsx'), 'MatchScreen'),
});
