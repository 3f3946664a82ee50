import { z } from 'zod';
import { forecastOrders, publishedTypes } from '../../../engine/contract/forecasts.ts';
import type { ForecastFilter } from '../../../engine/contract/forecasts.ts';
import { addDays } from '../../../engine/contract/zones.ts';

/** Spans of days; those with a number look back so many days from the newest result. */
export const periods = ['coming', '7', '30', '90', '365', 'all', 'custom'] as const;
export type Period = (typeof periods)[number];

/** A period in an address; one that is a number may stand there as such. */
export const periodSchema = z.coerce.string().pipe(z.enum(periods));

/** Lower ends of strength that can be asked for, in points of probability. */
export const strengths = [0, 50, 55, 60, 65, 70, 75, 80] as const;

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** The filter of forecasts as an address holds it; whatever does not fit falls back to "all". */
export const forecastSearch = {
  from: day.optional().catch(undefined),
  until: day.optional().catch(undefined),
  championships: z.array(z.string()).catch([]),
  types: z.array(z.enum(publishedTypes)).catch([]),
  variant: z.enum(['regular', 'quality']).catch('regular'),
  origin: z.enum(['any', 'live', 'replay']).catch('any'),
  strength: z.number().min(0).max(100).catch(0),
  certain: z.boolean().catch(false),
  team: z.string().max(100).catch(''),
};

export const listSearch = {
  order: z.enum(forecastOrders).catch('kick-off'),
  descending: z.boolean().catch(false),
  page: z.number().int().min(1).catch(1),
};

export type ForecastSearch = z.infer<z.ZodObject<typeof forecastSearch>> & { readonly period: Period };

/** What the engine is asked for; `anchor` is the day that spans look back from. */
export function filterOf(search: ForecastSearch, anchor: string | null): ForecastFilter {
  const { championships, types, variant, origin, strength, certain, team } = search;
  return {
    ...spanOf(search, anchor),
    origin,
    ...(championships.length > 0 ? { championships } : {}),
    ...(types.length > 0 ? { types } : {}),
    ...(variant === 'quality' ? { isSelected: true } : {}),
    ...(strength > 0 ? { minimumProbability: strength / 100 } : {}),
    ...(certain ? { isCertain: true } : {}),
    ...(team.trim() === '' ? {} : { team }),
  };
}

function spanOf(
  { period, from, until }: ForecastSearch,
  anchor: string | null,
): Pick<ForecastFilter, 'from' | 'until' | 'state'> {
  if (period === 'coming') return { state: 'coming' };
  if (period === 'custom') {
    return { state: 'any', ...(from ? { from } : {}), ...(until ? { until } : {}) };
  }
  if (period === 'all' || anchor === null) return { state: 'any' };
  return { state: 'any', from: addDays(anchor, 1 - Number(period)), until: anchor };
}
