import { noLines } from './forecast-type.ts';
import type { MarketType } from './forecast-type.ts';

export const bothScore = {
  kind: 'market',
  name: 'both-score',
  originCode: 2,
  lines: noLines,
} as const satisfies MarketType;
