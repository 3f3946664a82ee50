import type { FormatView } from '../../../engine/contract/championship.ts';

/** Whether a place leads upwards or downwards by the season's format; undefined where it does neither, or nobody knows. */
export function zoneOf(position: number, clubs: number, format: FormatView): 'upper' | 'lower' | undefined {
  if (format.shape !== 'table' || format.upper === null || format.lower === null) return undefined;
  if (position <= format.upper) return 'upper';
  const size = Math.max(clubs, format.clubs ?? 0);
  return position > size - format.lower ? 'lower' : undefined;
}
