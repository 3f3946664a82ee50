import { asianHandicap } from './asian-handicap.ts';
import { awayScores } from './away-scores.ts';
import { awayTotalAmount } from './away-total-amount.ts';
import { awayTotal } from './away-total.ts';
import { bothScore } from './both-score.ts';
import { doubleChance } from './double-chance.ts';
import { drawNoBet } from './draw-no-bet.ts';
import { europeanHandicap } from './european-handicap.ts';
import { exactScore } from './exact-score.ts';
import { expectedPoints } from './expected-points.ts';
import type { ForecastType } from './forecast-type.ts';
import { homeScores } from './home-scores.ts';
import { homeTotalAmount } from './home-total-amount.ts';
import { homeTotal } from './home-total.ts';
import { totalAmount } from './total-amount.ts';
import { total } from './total.ts';
import { winDrawLoss } from './win-draw-loss.ts';
import { winToNil } from './win-to-nil.ts';

/** Every forecast type, in the order in which documents list them: one file and one line each. */
export const forecastTypes = [
  winDrawLoss,
  bothScore,
  homeScores,
  awayScores,
  total,
  homeTotal,
  awayTotal,
  totalAmount,
  homeTotalAmount,
  awayTotalAmount,
  doubleChance,
  drawNoBet,
  europeanHandicap,
  asianHandicap,
  exactScore,
  winToNil,
  expectedPoints,
] as const satisfies readonly ForecastType[];

export type ForecastTypeName = (typeof forecastTypes)[number]['name'];
