import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { judgedModels } from '../../../engine/contract/calibration.ts';
import { rootRoute } from '../../frame/root-route.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

export const coverageGroupings = ['class', 'championship', 'season', 'month', 'set-size'] as const;

const searchSchema = z.object({
  model: z.enum(judgedModels).catch('published'),
  /** Code; none for all together. */
  championship: z.string().min(1).max(40).optional().catch(undefined),
  from: day.optional().catch(undefined),
  until: day.optional().catch(undefined),
  origin: z.enum(['all', 'live']).catch('all'),
  /** Of the coverage. */
  by: z.enum(coverageGroupings).catch('class'),
  level: z.enum(['0.8', '0.9']).catch('0.8'),
});
export type CalibrationSearch = z.infer<typeof searchSchema>;
export type ChangeCalibration = (changed: Partial<CalibrationSearch>) => void;

export const calibrationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/calibration',
  validateSearch: searchSchema,
  component: lazyRouteComponent(() => import('./calibration-screen.tsx'), 'CalibrationScreen'),
});
