import type { Sport } from '../../../contract/domain.ts';

interface SportLines {
  readonly total: number;
  readonly homeTotal: number;
  readonly awayTotal: number;
  readonly europeanHandicaps: readonly number[];
  readonly asianHandicaps: readonly number[];
  /** Points for a win and a draw in regular time. */
  readonly points: { readonly win: number; readonly draw: number };
}

/**
 * What is forecast unasked, by sport. A draw in ice hockey goes into overtime, whose winner takes two points and whose
 * loser one: taken as even, that is 1.5 each.
 */
export const sportLines = {
  football: {
    total: 2.5,
    homeTotal: 1.5,
    awayTotal: 1.5,
    europeanHandicaps: [-1, 1],
    asianHandicaps: [-1.5, -1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1, 1.5],
    points: { win: 3, draw: 1 },
  },
  'ice-hockey': {
    total: 4.5,
    homeTotal: 2.5,
    awayTotal: 2.5,
    europeanHandicaps: [-1, 1],
    asianHandicaps: [-1.5, 1.5],
    points: { win: 3, draw: 1.5 },
  },
} as const satisfies Record<Sport, SportLines>;
