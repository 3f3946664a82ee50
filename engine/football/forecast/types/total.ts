import type { MarketType } from './forecast-type.ts';
import { sportLines } from './sport-lines.ts';

export const total = {
  kind: 'market',
  name: 'total',
  originCode: 5,
  lines: (sport) => [sportLines[sport].total],
} as const satisfies MarketType;
