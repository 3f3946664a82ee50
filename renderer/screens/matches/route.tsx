import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../frame/root-route.ts';

export const matchesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/matches',
  component: lazyRouteComponent(() => import('./matches-screen.tsx'), 'MatchesScreen'),
});
