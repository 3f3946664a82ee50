import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { rootRoute } from '../../frame/root-route.ts';

const search = z.object({
  /** ISO day; without it the day that is today. */
  day: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional()
    .catch(undefined),
  only: z.enum(['all', 'selected', 'value']).optional().catch(undefined),
});

export const todayRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/today',
  validateSearch: search,
  component: lazyRouteComponent(() => import('./today-screen.tsx'), 'TodayScreen'),
});
