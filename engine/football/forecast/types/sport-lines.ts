import type { Sport } from '../../../contract/domain.ts';

interface SportLines {
  readonly total: number;
  readonly homeTotal: number;
  readonly awayTotal: number;
  readonly europeanHandicaps: readonly number[];
  readonly asianHandicaps: readonly number[];
}

/** What is forecast unasked, by sport. */
export const sportLines = {
  football: {
    total: 2.5,
    homeTotal: 1.5,
    awayTotal: 1.5,
    europeanHandicaps: [-1, 1],
    asianHandicaps: [-1.5, -1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1, 1.5],
  },
  'ice-hockey': {
    total: 4.5,
    homeTotal: 2.5,
    awayTotal: 2.5,
    europeanHandicaps: [-1, 1],
    asianHandicaps: [-1.5, 1.5],
  },
} as const satisfies Record<Sport, SportLines>;
