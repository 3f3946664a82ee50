import type { MarketType } from './forecast-type.ts';
import { sportLines } from './sport-lines.ts';

export const awayTotal = {
  kind: 'market',
  name: 'away-total',
  originCode: 7,
  lines: (sport) => [sportLines[sport].awayTotal],
} as const satisfies MarketType;
