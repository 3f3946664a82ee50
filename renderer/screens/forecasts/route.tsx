import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../frame/root-route.ts';

export const forecastsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forecasts',
  component: lazyRouteComponent(() => import('./forecasts-screen.tsx'), 'ForecastsScreen'),
});
