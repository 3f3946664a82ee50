import { noLines } from './forecast-type.ts';
import type { MarketType } from './forecast-type.ts';

export const doubleChance = {
  kind: 'market',
  name: 'double-chance',
  originCode: null,
  lines: noLines,
} as const satisfies MarketType;
