import { noLines } from './forecast-type.ts';
import type { MarketType } from './forecast-type.ts';

export const exactScore = {
  kind: 'market',
  name: 'exact-score',
  originCode: null,
  lines: noLines,
} as const satisfies MarketType;
