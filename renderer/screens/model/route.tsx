import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../frame/root-route.ts';

export const modelRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/models/$versionId',
  component: lazyRouteComponent(() => import('./model-screen.tsx'), 'ModelScreen'),
});
