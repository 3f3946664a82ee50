import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../frame/root-route.ts';

export const resultsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/results',
  component: lazyRouteComponent(() => import('./results-screen.tsx'), 'ResultsScreen'),
});
