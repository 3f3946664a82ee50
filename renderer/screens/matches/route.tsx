import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { gridFiltersSchema, gridSortSchema } from '../../../engine/contract/grid.ts';
import { columnStateSchema } from '../../components/grid/column-state.ts';
import { rootRoute } from '../../frame/root-route.ts';

/** Order, filters and columns: an address is a view, and a saved view is an address. */
const matchesSearch = z.object({
  sort: z.array(gridSortSchema).max(6).optional().catch(undefined),
  filters: gridFiltersSchema.optional().catch(undefined),
  columns: columnStateSchema.optional().catch(undefined),
});

export const matchesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/matches',
  validateSearch: matchesSearch,
  component: lazyRouteComponent(() => import('./matches-screen.tsx'), 'MatchesScreen'),
});
