import { noLines } from './forecast-type.ts';
import type { MarketType } from './forecast-type.ts';

export const winDrawLoss = {
  kind: 'market',
  name: '1x2',
  originCode: 1,
  lines: noLines,
} as const satisfies MarketType;
