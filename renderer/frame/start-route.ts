import { createRoute, redirect } from '@tanstack/react-router';
import { client } from '../connection/client.ts';
import { rootRoute } from './root-route.ts';

/** Without an address: today, or the welcome page where nothing is held yet. */
export const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: async () => {
    const { matches } = await client.system.status();
    redirect({ to: matches === 0 ? '/welcome' : '/today', replace: true, throw: true });
  },
});
