import { createScoreGrid, defaultGridSize } from '../../goals/score-grid.ts';
import type { ScoreGrid } from '../../goals/score-grid.ts';
import { intensitiesOf, lawParametersOf } from './fit.ts';
import type { GoalFit } from './fit.ts';
import type { ScoreLaw } from './laws/law.ts';

/** The grid of a law at given intensities; what lies beyond it is reported and spread over it in proportion. */
export function gridOfLaw(
  law: ScoreLaw,
  intensities: { readonly home: number; readonly away: number; readonly extras: ArrayLike<number> },
  size: number = defaultGridSize,
): ScoreGrid {
  const { home, away } = intensities;
  if (!(home > 0 && away > 0 && home < Infinity && away < Infinity)) {
    throw new RangeError(`expected intensities above 0, got ${home} and ${away}`);
  }
  const cells = new Float64Array(size * size);
  law.fill(cells, size, intensities);
  return createScoreGrid(cells);
}

/** The grid of a match between two clubs of a fitted model. Clubs below 0 are unknown and count as average ones. */
export function gridOfMatch(
  fit: Pick<GoalFit, 'shape' | 'parameters'>,
  pair: { readonly home: number; readonly away: number; readonly league?: number | undefined },
  options: {
    readonly size?: number | undefined;
    readonly offsets?: { readonly home: number; readonly away: number } | undefined;
  } = {},
): ScoreGrid {
  const intensities = intensitiesOf(fit, pair, options.offsets);
  const extras = lawParametersOf(fit, pair.league);
  return gridOfLaw(fit.shape.law, { ...intensities, extras }, options.size);
}
