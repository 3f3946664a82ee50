import { createHashHistory, createRouter } from '@tanstack/react-router';
import { screens } from '../routes.ts';
import { BrokenScreen, NoScreen } from './no-screen.tsx';
import { rootRoute } from './root-route.ts';
import { startRoute } from './start-route.ts';

export const router = createRouter({
  routeTree: rootRoute.addChildren([startRoute, ...screens]),
  history: createHashHistory(),
  defaultPreload: 'intent',
  defaultNotFoundComponent: NoScreen,
  defaultErrorComponent: BrokenScreen,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
