import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { forecastSearch, listSearch, periodSchema } from '../../components/forecast/forecast-search.ts';
import { rootRoute } from '../../frame/root-route.ts';

const searchSchema = z.object({
  tab: z.enum(['record', 'matches', 'betting', 'curse']).catch('record'),
  ...forecastSearch,
  ...listSearch,
  period: periodSchema.catch('all'),
  /** How the record is grouped. */
  by: z.enum(['type', 'label', 'championship', 'season', 'month', 'strength', 'selection']).catch('type'),
  /** Least value of a bet in points; null bets on every forecast. */
  edge: z.number().min(0).max(50).nullable().catch(3),
  /** Part of the full Kelly stake, in per cent. */
  kelly: z.number().min(1).max(100).catch(25),
  split: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional()
    .catch(undefined),
  minimum: z.number().int().min(10).max(5000).catch(50),
});
export type ResultsSearch = z.infer<typeof searchSchema>;

export const resultsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/results',
  validateSearch: searchSchema,
  component: lazyRouteComponent(() => import('./results-screen.tsx'), 'ResultsScreen'),
});
