import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../frame/root-route.ts';

export const matchRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/match/$matchId',
  component: lazyRouteComponent(() => import('./match-screen.tsx'), 'MatchScreen'),
});
