import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { rootRoute } from '../../frame/root-route.ts';

const search = z.object({
  season: z.string().max(20).optional().catch(undefined),
  /** The table at the end of this day; without it, of today. */
  asOf: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional()
    .catch(undefined),
  part: z.enum(['table', 'projection', 'ratings', 'home', 'record']).optional().catch(undefined),
  rating: z.string().max(40).optional().catch(undefined),
  /** Ids of the teams whose ratings are shown. */
  teams: z.array(z.number().int()).max(20).optional().catch(undefined),
});

export const championshipRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/championship/$code',
  validateSearch: search,
  component: lazyRouteComponent(() => import('./championship-screen.tsx'), 'ChampionshipScreen'),
});
