import type { MarketType } from './forecast-type.ts';
import { sportLines } from './sport-lines.ts';

export const homeTotal = {
  kind: 'market',
  name: 'home-total',
  originCode: 6,
  lines: (sport) => [sportLines[sport].homeTotal],
} as const satisfies MarketType;
