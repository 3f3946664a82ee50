import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { levels } from '../../../engine/contract/monitoring.ts';
import { rootRoute } from '../../frame/root-route.ts';

const searchSchema = z.object({
  /** The report's day; the newest without one. */
  day: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional()
    .catch(undefined),
  /** Which findings are listed. */
  level: z.enum([...levels, 'all']).catch('all'),
  /** Cleared alerts are listed too. */
  cleared: z.boolean().catch(false),
});

export const monitoringRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/monitoring',
  validateSearch: searchSchema,
  component: lazyRouteComponent(() => import('./monitoring-screen.tsx'), 'MonitoringScreen'),
});
