import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { forecastSearch, listSearch, periodSchema } from '../../components/forecast/forecast-search.ts';
import { rootRoute } from '../../frame/root-route.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const searchSchema = z.object({
  tab: z.enum(['list', 'account', 'documents', 'reports']).catch('list'),
  ...forecastSearch,
  ...listSearch,
  period: periodSchema.catch('coming'),
  /** The document that is looked at. */
  kind: z.enum(['forecast', 'outcome']).catch('forecast'),
  day: day.optional().catch(undefined),
  /** The report that is looked at: its kind and day. */
  report: z.string().max(40).optional().catch(undefined),
  language: z.enum(['en', 'ru']).optional().catch(undefined),
  format: z.string().max(20).catch('html'),
});
export type ForecastsSearch = z.infer<typeof searchSchema>;

export const forecastsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forecasts',
  validateSearch: searchSchema,
  component: lazyRouteComponent(() => import('./forecasts-screen.tsx'), 'ForecastsScreen'),
});
