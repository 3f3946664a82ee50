import { noLines } from './forecast-type.ts';
import type { MarketType } from './forecast-type.ts';

export const homeScores = {
  kind: 'market',
  name: 'home-scores',
  originCode: 3,
  lines: noLines,
} as const satisfies MarketType;
