import { noLines } from './forecast-type.ts';
import type { MarketType } from './forecast-type.ts';

export const awayScores = {
  kind: 'market',
  name: 'away-scores',
  originCode: 4,
  lines: noLines,
} as const satisfies MarketType;
