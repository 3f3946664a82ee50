import { createRootRoute } from '@tanstack/react-router';
import { Frame } from './frame.tsx';

/** Every screen's route hangs on this one: `createRoute({ getParentRoute: () => rootRoute, ... })`. */
export const rootRoute = createRootRoute({ component: Frame });
