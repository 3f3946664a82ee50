import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { rootRoute } from '../../frame/root-route.ts';

export const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  validateSearch: z.object({
    group: z.string().max(40).optional().catch(undefined),
    /** What is searched for among all settings. */
    find: z.string().max(100).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./settings-screen.tsx'), 'SettingsScreen'),
});
