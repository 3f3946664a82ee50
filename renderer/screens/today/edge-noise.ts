import type { EdgeBand } from '../../../engine/contract/today.ts';
import type { Format } from '../../components/format.ts';

/** The band of past values that a value of this size belongs to. */
export function bandOf(bands: readonly EdgeBand[], edge: number): EdgeBand | undefined {
  return bands.find(({ from, to }) => edge > from && (to === null || edge <= to));
}

/** How often values of this size were denied by the close, as a share; undefined with nothing to go by. */
export function noiseText(
  edges: { readonly bands: readonly EdgeBand[] } | undefined,
  edge: number,
  format: Format,
): string | undefined {
  const share = edges && bandOf(edges.bands, edge)?.noise.share;
  return share === null || share === undefined ? undefined : format.percent(share, 0);
}
