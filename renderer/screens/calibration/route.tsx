import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../frame/root-route.ts';

export const calibrationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/calibration',
  component: lazyRouteComponent(() => import('./calibration-screen.tsx'), 'CalibrationScreen'),
});
