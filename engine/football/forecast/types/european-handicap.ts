import type { MarketType } from './forecast-type.ts';
import { sportLines } from './sport-lines.ts';

export const europeanHandicap = {
  kind: 'market',
  name: 'european-handicap',
  originCode: null,
  lines: (sport) => sportLines[sport].europeanHandicaps,
} as const satisfies MarketType;
