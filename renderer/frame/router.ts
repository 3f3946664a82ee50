import { createHashHistory, createRouter } from '@tanstack/react-router';
import { screens } from '../routes.ts';
import { rootRoute } from './root-route.ts';
import { startRoute } from './start-route.ts';

export const router = createRouter({
  routeTree: rootRoute.addChildren([startRoute, ...screens]),
  history: createHashHistory(),
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
