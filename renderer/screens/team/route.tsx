import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../frame/root-route.ts';

export const teamRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/team/$teamId',
  component: lazyRouteComponent(() => import('./team-screen.tsx'), 'TeamScreen'),
});
