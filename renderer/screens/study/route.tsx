import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../frame/root-route.ts';

export const studyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/studies/$studyId',
  component: lazyRouteComponent(() => import('./study-screen.tsx'), 'StudyScreen'),
});
