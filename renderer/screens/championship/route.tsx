import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../frame/root-route.ts';

export const championshipRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/championship/$code',
  component: lazyRouteComponent(() => import('./championship-screen.tsx'), 'ChampionshipScreen'),
});
