import { noLines } from './forecast-type.ts';
import type { MarketType } from './forecast-type.ts';

export const drawNoBet = {
  kind: 'market',
  name: 'draw-no-bet',
  originCode: null,
  lines: noLines,
} as const satisfies MarketType;
