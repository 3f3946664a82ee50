import { noLines } from './forecast-type.ts';
import type { MarketType } from './forecast-type.ts';

export const winToNil = {
  kind: 'market',
  name: 'win-to-nil',
  originCode: null,
  lines: noLines,
} as const satisfies MarketType;
